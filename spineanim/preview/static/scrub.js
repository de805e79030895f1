// The picture of the place where the playhead stands or is dragged.

const REST_MS = 150;
const PATIENCE_MS = 1500; // an answer may be lost while the film changes

export class Scrub {
  /**
   * @param {import("./pictures.js").Pictures} pictures
   * @param {import("./screen.js").Screen} screen
   */
  constructor(pictures, screen) {
    this.pictures = pictures;
    this.screen = screen;
    this.frame = null;
    this.due = 0;
    this.rest = 0;
  }

  /** Show a frame: asked for at most once a drawn frame of the page, exactly when it rests. */
  want(frame) {
    this.frame = frame;
    if (!this.due) this.due = requestAnimationFrame(() => this.#ask());
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.#askExactly(), REST_MS);
  }

  /** Want nothing, as while the film plays. */
  stop() {
    clearTimeout(this.rest);
    cancelAnimationFrame(this.due);
    this.due = 0;
    this.frame = null;
  }

  #ask() {
    this.due = 0;
    const found = this.pictures.find(this.frame);
    if (found) this.screen.offer(found, this.frame, this.pictures.next());
    else this.pictures.ask(this.frame, "scrub");
  }

  #askExactly() {
    if (this.pictures.find(this.frame)?.exact) return;
    this.pictures.ask(this.frame, "scrub", true);
    this.rest = setTimeout(() => this.#askExactly(), PATIENCE_MS);
  }
}
