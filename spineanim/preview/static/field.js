// One entry of a file that is edited: what it holds there, what is written here, what came of it.

import { el, newId, same, withoutPlace } from "./dom.js";
import { shown, withHint } from "./edits.js";

export class Field {
  /**
   * @param {import("./edits.js").Edits} edits
   * @param {{file: string, path: Array, value: any}} entry
   * @param {{read: () => any, write: (value: any) => void, inputs: Element[]}} box `read` throws an
   *   Error whose message says what is wrong with what is written
   */
  constructor(edits, entry, { read, write, inputs }) {
    Object.assign(this, { edits, entry, read, write, inputs });
    this.base = entry.value;
    this.dirty = false;
    this.isConflict = false;
    this.pending = false; // a change is on its way to the file
    this.waits = false; // and another one after it
    this.sent = undefined;
    this.group = newId("edit");
    this.note = el("div", { class: "refusal", id: newId("refusal"), role: "alert" });
    for (const input of inputs) this.#listen(input);
    this.#showBase();
  }

  /** Whether somebody writes here now, or has written what is not kept. */
  get isBusy() {
    return this.dirty || this.inputs.includes(document.activeElement);
  }

  /** Take what the file holds now; what somebody is writing here stays. */
  take(entry) {
    this.entry = entry;
    if (this.dirty && !same(entry.value, this.sent)) return;
    this.base = entry.value;
    if (this.dirty && !this.#isBase()) return; // somebody has written on since
    this.#mark(false);
    this.#say(null);
    this.#showBase();
  }

  /** Take the entry out of the file, so that its default counts: a gesture of its own. */
  reset(group) {
    this.group = group;
    this.#keep(null, this.pending ? this.sent : this.base);
  }

  /** Hear that a change is written. */
  kept(change) {
    this.pending = false;
    this.base = change.value;
    this.#say(null);
    this.#mark(change.value !== null && !this.#isBase());
    if (!this.dirty) this.#showBase();
    if (this.waits) this.#commit();
  }

  /** Hear that a change is not possible, or not without losing somebody else's. */
  refused({ message, hint, conflict }, kind = "keep") {
    // Whether others have changed it counts when it is written, not while one is still writing.
    if (kind === "try" && (conflict || !this.dirty)) return;
    this.dirty = true;
    if (kind === "keep") this.pending = false;
    this.#say(withoutPlace(message, this.entry.file), conflict ? "" : hint, conflict);
  }

  #listen(input) {
    const typed = input.matches("input:not([type=range], [type=color]), textarea");
    input.addEventListener("input", () => this.#changed());
    input.addEventListener("change", () => this.#commit());
    input.addEventListener("pointerdown", () => (this.group = newId("edit")));
    input.addEventListener("focus", () => (this.group = newId("edit")));
    input.addEventListener("blur", () => this.#commit());
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#giveBack();
      if (event.key === "Enter" && typed && (input.tagName === "INPUT" || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#commit(true);
        this.group = newId("edit"); // what is written after Enter is undone by itself
      }
    });
  }

  /** Mark that something is written here which is not kept; the browser's own undo is for that. */
  #mark(dirty) {
    this.dirty = dirty;
    for (const input of this.inputs) {
      if (dirty && input.matches("input:not([type=range], [type=color]), textarea")) input.dataset.writing = "";
      else delete input.dataset.writing;
    }
  }

  #value() {
    try {
      return { value: this.read() };
    } catch (error) {
      return { wrong: error.message };
    }
  }

  #isBase() {
    const { value, wrong } = this.#value();
    return !wrong && same(value, this.base);
  }

  #changed() {
    this.#mark(true);
    const { value, wrong } = this.#value();
    if (this.isConflict) return; // one of the two has to be chosen first
    this.#say(null);
    if (wrong) return;
    if (same(value, this.base)) this.edits.drop(this);
    else this.edits.try(this, this.#change(value, this.base));
  }

  /** Write what is there; what was refused already only if somebody asks for it again. */
  #commit(again = false) {
    this.waits = this.pending; // one after the other: each change says what was there before it
    if (this.isConflict || !this.dirty || this.pending) return;
    const { value, wrong } = this.#value();
    if (wrong) {
      this.#say(wrong);
      return;
    }
    if (same(value, this.base)) {
      this.#mark(false);
      this.edits.drop(this);
      this.#say(null);
      return;
    }
    if (!this.failed || again || !same(value, this.sent)) this.#keep(value, this.base);
  }

  #keep(value, before) {
    this.pending = this.dirty = true;
    this.sent = value;
    this.#say(null);
    this.edits.keep(this, this.#change(value, before), this.group);
  }

  #change(value, before) {
    return { file: this.entry.file, path: this.entry.path, value, before };
  }

  #giveBack() {
    this.edits.drop(this);
    this.#mark(false);
    this.#say(null);
    this.#showBase();
  }

  #takeTheirs(there) {
    this.base = there;
    this.#giveBack();
  }

  #showBase() {
    for (const input of this.inputs) {
      if (input !== document.activeElement || typeof input.selectionStart !== "number") continue;
      const { selectionStart, selectionEnd } = input;
      this.write(this.base);
      input.setSelectionRange(selectionStart, selectionEnd);
      return;
    }
    this.write(this.base);
  }

  #say(message, hint = "", conflict = null) {
    this.failed = Boolean(message);
    this.isConflict = Boolean(conflict);
    for (const input of this.inputs) {
      if (message) {
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-errormessage", this.note.id);
      } else {
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-errormessage");
      }
    }
    if (!message) this.note.replaceChildren();
    else if (conflict) this.note.replaceChildren(...this.#choice(conflict));
    else this.note.replaceChildren(el("span", {}, withHint({ message, hint })));
  }

  #choice({ there, mine }) {
    const button = (name, act, data) => {
      const chosen = () => {
        act();
        this.inputs[0].focus(); // the buttons go when one is pressed
      };
      return el("button", { type: "button", data, onclick: chosen }, name);
    };
    return [
      el("span", {}, "Somebody else has changed this meanwhile."),
      el("dl", {}, el("dt", {}, "There"), el("dd", {}, shown(there)), el("dt", {}, "Yours"), el("dd", {}, shown(mine))),
      button("Take theirs", () => this.#takeTheirs(there), { choose: "theirs" }),
      button("Use mine", () => this.#keep(mine, there), { choose: "mine" }),
    ];
  }
}
