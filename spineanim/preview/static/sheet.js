// The contact sheet: start, middle and end of every beat.

import { $, el } from "./dom.js";
import { chapterAt, clock } from "./moments.js";

const WHEN = ["start", "middle", "end"];

export class Sheet {
  /**
   * @param {(message: object) => boolean} say sends to the server
   * @param {(frame: number) => void} go called with a frame that is chosen
   */
  constructor(say, go) {
    this.say = say;
    this.go = go;
    this.film = null;
    this.frame = 0;
    this.images = new Map();
    $("sheet-switch").addEventListener("click", () => this.open($("sheet").hidden));
    $("sheet-switch").title = "Start, middle and end of every beat (C)";
    $("sheet").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false);
    });
  }

  get isOpen() {
    return !$("sheet").hidden;
  }

  open(on) {
    if (on === this.isOpen) return;
    const had = document.activeElement;
    $("sheet").hidden = !on;
    $("sheet-switch").setAttribute("aria-pressed", String(on));
    if (on) {
      this.#ask();
      this.show(this.frame);
      this.before = had;
      $("sheet").focus({ preventScroll: true });
      $("sheet").querySelector(".now")?.scrollIntoView({ block: "center" });
    } else {
      this.say({ do: "sheet", frames: [], generation: this.film?.generation ?? 0 });
      if (had === document.body || $("sheet").contains(had)) this.before?.focus({ preventScroll: true });
    }
  }

  /** Take a film; pictures of the one before stay until new ones come. */
  lay(film) {
    const old = this.images;
    this.film = film;
    this.images = new Map();
    const beats = film.chapters.map((chapter, number) => {
      const { start, end, title } = chapter;
      const frames = [start, Math.floor((start + end - 1) / 2), end - 1];
      const pictures = frames.map((frame, place) => {
        const key = `${chapter.part}/${chapter.name}/${place}`;
        const image = old.get(key)?.image ?? el("img", { alt: "", width: 240 });
        const thumb = el("span", { class: "thumb" }, image);
        thumb.style.aspectRatio = `${film.width_px} / ${film.height_px}`;
        this.images.set(key, { image, frame });
        const time = clock(frame, film.fps);
        const go = () => {
          this.open(false);
          this.go(frame);
        };
        return el(
          "button",
          { type: "button", data: { frame }, "aria-label": `${title}, ${WHEN[place]}, ${time}`, onclick: go },
          thumb,
          el("span", {}, time),
        );
      });
      const heading = el("h3", {}, el("span", { class: "number" }, String(number + 1)), title);
      return el("div", { class: "row" }, heading, el("div", { class: "three" }, ...pictures));
    });
    $("sheet").classList.toggle("tall", film.height_px > film.width_px);
    $("sheet").replaceChildren(el("h2", { class: "unseen" }, "Contact sheet"), ...beats);
    if (this.isOpen) this.#ask();
  }

  /** Mark the beat of a frame. */
  show(frame) {
    this.frame = frame;
    if (!this.isOpen || !this.film) return;
    const now = chapterAt(this.film, frame);
    [...$("sheet").querySelectorAll(".row")].forEach((row, at) => row.classList.toggle("now", at === now));
  }

  /** Take a thumbnail. */
  came(header, blob) {
    if (header.generation !== this.film?.generation) return;
    for (const { image, frame } of this.images.values()) {
      if (frame !== header.frame) continue;
      const address = URL.createObjectURL(blob);
      image.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
      image.src = address;
    }
  }

  #ask() {
    if (!this.film) return;
    const frames = [...new Set([...this.images.values()].map((each) => each.frame))];
    this.say({ do: "sheet", frames, generation: this.film.generation });
  }
}
