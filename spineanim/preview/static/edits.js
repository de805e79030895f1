// Changes on their way: tried while one drags or types, kept when one lets go.

import { same } from "./dom.js";
import { choiceInWords } from "./moments.js";

const BETWEEN_MS = 120;

export class Edits {
  /**
   * @param {(message: object) => boolean} say sends to the server
   * @param {(text: string, kind: string, buttons?: Array) => void} tell says what came of it
   */
  constructor(say, tell) {
    this.say = say;
    this.tell = tell;
    this.count = 0;
    this.sent = new Map(); // number of a message to the field it is about
    this.last = null;
    this.waiting = null;
    this.timer = 0;
    this.tried = null;
  }

  /** Show a change without writing it; of several at once only the newest is sent. */
  try(field, change) {
    this.waiting = [field, change];
    if (this.timer) return;
    this.#sendTrial();
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (this.waiting) this.try(...this.waiting);
    }, BETWEEN_MS);
  }

  /** Write a change; those with the same group are undone together. */
  keep(field, change, group) {
    this.waiting = null;
    this.tried = null;
    if (!this.#send({ do: "keep", changes: [change], group }, field)) {
      field.refused({ message: "there is no connection", hint: "it stays here; press Enter to save it again" });
    }
  }

  /** End a trial, if it is this field's. */
  drop(field) {
    if (this.waiting?.[0] === field) this.waiting = null;
    if (this.tried !== field) return;
    this.tried = null;
    this.say({ do: "drop" });
  }

  /** Hear that what is tried cannot be shown; true if it is said at a field. */
  troubled(trouble) {
    this.tried?.refused(trouble, "try");
    return this.tried !== null;
  }

  undo() {
    this.#send({ do: "undo" }, null);
  }

  redo() {
    this.#send({ do: "redo" }, null);
  }

  /** Hear that the connection is lost: what is not answered yet may not be written. */
  lost() {
    const open = [...this.sent.values()].filter((each) => each.kind === "keep");
    this.sent.clear();
    for (const { field } of open) {
      field?.refused({ message: "the connection was lost before this was saved", hint: "press Enter to save it again" });
    }
  }

  /** Take the answer to a change. */
  heard(message) {
    const known = this.sent.get(message.id) ?? (message.id === undefined ? this.last : undefined);
    this.sent.delete(message.id);
    const field = this.#fieldOf(message, known);
    if (message.is === "kept") {
      field?.kept(known.change);
      const merged = message.merged?.length ? ", beside changes that somebody else made there" : "";
      const done = { undo: "Taken back in", redo: "Made again in" }[known?.kind] ?? "Saved in";
      if (message.files?.length) this.tell(`${done} ${message.files.join(", ")}${merged}`, "good");
      return;
    }
    const kind = known?.kind ?? "keep";
    if (field && kind === "keep") this.tell(""); // what was saved before is no answer to this
    if (field) field.refused(message, kind);
    else if (message.conflict) this.#offerToGiveUp(message);
    else this.tell(withHint(message), "bad");
  }

  #fieldOf(message, known) {
    const { conflict } = message;
    if (!known?.field || !conflict) return known?.field ?? null;
    const { change } = known;
    return change.file === conflict.file && same(change.path, conflict.path) ? known.field : null;
  }

  #offerToGiveUp(message) {
    const give_up = ["Forget this undo", () => this.say({ do: "give_up" })];
    this.tell(withHint(message), "bad", [give_up, ["Leave it", () => {}]]);
  }

  #sendTrial() {
    const [field, change] = this.waiting;
    this.waiting = null;
    if (this.#send({ do: "try", changes: [change] }, field)) this.tried = field;
  }

  #send(message, field) {
    this.count += 1;
    this.last = { field, kind: message.do, change: message.changes?.[0] };
    this.sent.set(this.count, this.last);
    if (this.sent.size > 50) this.sent.delete(this.sent.keys().next().value);
    return this.say({ ...message, id: this.count });
  }
}

/** What was wrong, and what can be done. */
export const withHint = ({ message, hint }) => [message, hint].filter(Boolean).join("; ");

/** A value as one reads it. */
export function shown(value) {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "string" ? `“${choiceInWords(value)}”` : JSON.stringify(value);
}
