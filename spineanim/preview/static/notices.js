// What the page says about the state of things: trouble, work in hand, the connection, what was saved.

import { $, el, focusOnPanels, say, withoutPlace } from "./dom.js";

const ROUGH = "Rough for now.";
const SLOW_MS = 1000;
const LASTS_MS = 5000;
const GIVE_HINT_AFTER = 5;

/**
 * Show why the newest content cannot be shown, or nothing more of it.
 * @param {?object} trouble
 * @param {string} means what that means for the picture
 * @param {boolean} isOwn whether it is of the film that is looked at: while that is played anew, it is past
 */
export function showTrouble(trouble, means, isOwn) {
  const box = $("trouble");
  box.hidden = !trouble;
  box.classList.toggle("own", isOwn);
  if (!trouble) {
    box.replaceChildren();
    return;
  }
  const where = trouble.file ? `${trouble.file}${trouble.line ? `:${trouble.line}` : ""}` : "";
  const message = withoutPlace(trouble.message, trouble.file); // it is not said twice
  const place = where ? el("code", {}, where) : null;
  const before = `Before this change: ${message}${where ? ` (${where})` : ""}`;
  box.replaceChildren(
    el("p", { class: "wrong" }, el("strong", {}, message), trouble.hint),
    el("p", { class: "wrong" }, place, el("span", { class: "note" }, means)),
    el("p", { class: "past" }, "The newest change is being looked at …"),
    el("p", { class: "past note" }, before),
  );
}

/** Show the picture as an old one, which does not show the newest content. */
export function dim(on) {
  $("frame").classList.toggle("old", Boolean(on));
}

const AT_REST = { playing: false, reached: 0, of: 0, baked: 0, bakes: 0 };

/** Says that a film is played anew, if that takes long enough to be noticed, and that what is seen is rough. */
export class Working {
  constructor() {
    Object.assign(this, { timer: 0, since: 0, first: false, slow: false, rough: false, progress: AT_REST });
  }

  /** Wait for a film that has never stood yet. */
  begin() {
    Object.assign(this, { since: 0, first: true, rough: false });
    this.show({ ...AT_REST, playing: true });
  }

  /** Say nothing any more. */
  end() {
    this.rough = false;
    this.show(AT_REST);
  }

  /** Hear whether the picture that is seen now is rough. */
  see(rough) {
    if (this.rough === rough) return;
    this.rough = rough;
    this.#tell();
  }

  /**
   * Note how far the newest play of the film is.
   * @param {{playing: boolean, reached: number, of: number, baked: number, bakes: number}} progress
   */
  show(progress) {
    const { playing } = progress;
    if (!playing) this.since = 0;
    else this.since ||= performance.now();
    this.progress = progress;
    this.first &&= playing;
    clearTimeout(this.timer);
    const left_ms = SLOW_MS - (performance.now() - this.since);
    if (playing && left_ms > 0) this.timer = setTimeout(() => this.show(progress), left_ms);
    $("trouble").classList.toggle("checking", playing);
    this.slow = playing && left_ms <= 0;
    this.#tell();
  }

  #tell() {
    const { slow, rough } = this;
    say($("working"), slow ? this.#inWords() : rough ? `${ROUGH} ${this.#finely()}` : "");
    $("working").classList.toggle("seen", slow || rough);
  }

  #finely() {
    const { playing, baked, bakes } = this.progress;
    return playing || baked === bakes ? "Drawing it finely …" : `Drawing it finely … ${baked} of ${bakes}`;
  }

  #inWords() {
    const { reached, of, baked, bakes } = this.progress;
    const what = this.first ? "Getting the film ready" : "Drawing the film anew";
    const share = of > 0 ? ` ${Math.floor((10 * reached) / of) * 10} %` : "";
    const said = baked < bakes ? `Drawing anatomy anew … ${baked} of ${bakes}` : `${what} …${share}`;
    return this.rough ? `${ROUGH} ${said}` : said;
  }
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
      focusOnPanels(); // the button that had the keyboard is gone
      act();
    };
    box.append(el("button", { type: "button", onclick: pressed }, name));
  }
  if (text && !buttons.length) timer = setTimeout(() => box.replaceChildren(), kind === "good" ? LASTS_MS : 4 * LASTS_MS);
}
