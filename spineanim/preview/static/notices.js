// What the page says about the state of things: trouble, work in hand, the connection, what was saved.

import { $, el, say } from "./dom.js";

const SLOW_MS = 1000;
const LASTS_MS = 5000;
const GIVE_HINT_AFTER = 5;

/** Show why the newest content cannot be shown, or nothing more of it; an older picture may stand. */
export function showTrouble(trouble, stands) {
  const box = $("trouble");
  box.hidden = !trouble;
  dim(trouble);
  if (!trouble) {
    box.replaceChildren();
    return;
  }
  const where = trouble.file ? `${trouble.file}${trouble.line ? `:${trouble.line}` : ""}` : "";
  const opens = `${where}: `; // many messages begin with it: it is not said twice
  const message = where && trouble.message.startsWith(opens) ? trouble.message.slice(opens.length) : trouble.message;
  box.replaceChildren(
    el("strong", {}, message),
    ...(trouble.hint ? [el("span", { class: "hint" }, trouble.hint)] : []),
    ...(where ? [el("code", {}, where)] : []),
    el("span", { class: "note stays" }, stands ? "The last good picture stays until this is mended." : "The picture comes when this is mended."),
    el("span", { class: "note again" }, "The newest change is being looked at …"),
  );
}

/** Show the picture as an old one, which does not show the newest content. */
export function dim(on) {
  $("frame").classList.toggle("old", Boolean(on));
}

/** Says that a film is played anew, if that takes long enough to be noticed. */
export class Working {
  constructor() {
    this.since = 0;
    this.timer = 0;
  }

  /**
   * Note how far it is.
   * @param {{playing: boolean, reached?: number, of?: number, baked?: number, bakes?: number}} progress
   * @param {boolean} first whether this film has never stood yet
   */
  show(progress, first) {
    const { playing, baked = 0, bakes = 0 } = progress;
    const refining = !playing && baked < bakes;
    if (!playing) this.since = 0;
    else this.since ||= performance.now();
    clearTimeout(this.timer);
    const left_ms = SLOW_MS - (performance.now() - this.since);
    if (playing && left_ms > 0) this.timer = setTimeout(() => this.show(progress, first), left_ms);
    $("trouble").classList.toggle("checking", playing);
    const seen = (playing && left_ms <= 0) || refining;
    if (seen) say($("working"), workInWords(progress, first));
    else say($("working"), "");
    $("working").classList.toggle("seen", seen);
  }
}

function workInWords({ playing, reached = 0, of = 0, baked = 0, bakes = 0 }, first) {
  if (!playing) return `Rough for now. Drawing it finely … ${baked} of ${bakes}`;
  if (baked < bakes) return `Drawing anatomy anew … ${baked} of ${bakes}`;
  const what = first ? "Getting the film ready" : "Drawing the film anew";
  return of > 0 ? `${what} … ${Math.floor((10 * reached) / of) * 10} %` : `${what} …`;
}

/** Say in the middle of the view why there is no picture; nothing if there is one. */
export function showWaiting(text) {
  $("waiting").hidden = !text;
  say($("waiting"), text);
  $("frame").classList.toggle("empty", Boolean(text));
}

/** Say whether the server is there. */
export function showConnection(connected, tries) {
  const box = $("connection");
  box.dataset.state = connected ? "connected" : "lost";
  const ended = tries > GIVE_HINT_AFTER ? " If the preview was ended, start it again." : "";
  say(box, connected ? "Connected" : `Connection lost. Trying again …${ended}`);
  document.body.classList.toggle("lost", !connected);
}

let timer = 0;
/** Say shortly what came of a change; with buttons, until one is pressed. */
export function showSaved(text, kind = "good", buttons = []) {
  clearTimeout(timer);
  const box = $("saved");
  box.dataset.kind = kind;
  box.replaceChildren(text ? el("span", {}, text) : "");
  for (const [name, act] of buttons) {
    const pressed = () => {
      box.replaceChildren();
      act();
    };
    box.append(el("button", { type: "button", onclick: pressed }, name));
  }
  if (text && !buttons.length) timer = setTimeout(() => box.replaceChildren(), kind === "good" ? LASTS_MS : 4 * LASTS_MS);
}
