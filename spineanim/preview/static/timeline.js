// The timeline: beats as blocks, captions as ticks, the playhead; scrubbed by pointer and keys.

import { $, el, say } from "./dom.js";
import { captionAt, chapterAt, clock } from "./moments.js";

const LEAST_LABEL_PX = 64; // between two times on the ruler
const LABEL_PX = 42; // of a time; one that would be cut off at the end is left out
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300];

export class Timeline {
  /** @param {(frame: number) => void} go called with each frame that is pointed at */
  constructor(go) {
    this.go = go;
    this.film = null;
    this.bar = $("timeline");
    this.bar.addEventListener("pointerdown", (event) => this.#grab(event));
    this.bar.addEventListener("pointermove", (event) => this.#tip(event));
    this.bar.addEventListener("pointerleave", () => this.#tip(null));
    new ResizeObserver(() => this.#drawRuler()).observe(this.bar);
  }

  /** Lay a film out. */
  lay(film) {
    this.film = film;
    const share = (frames) => `${(100 * frames) / film.frame_count}%`;
    const place = (element, { start, end }) => {
      element.style.left = share(start);
      element.style.width = share(end - start);
      return element;
    };
    let part = "";
    const blocks = film.chapters.map((each, number) => {
      const begins = each.part !== part;
      part = each.part;
      const block = el("div", { class: "beat", data: { beat: each.name, part: each.part, number } });
      if (begins) block.classList.add("begins");
      block.append(el("span", {}, each.title));
      return place(block, each);
    });
    $("beats").replaceChildren(...blocks);
    $("ticks").replaceChildren(...film.captions.map((each) => place(el("div"), each)));
    this.bar.setAttribute("aria-valuemax", film.frame_count - 1);
    this.#drawRuler();
  }

  /** Set the playhead. */
  show(frame) {
    const { film } = this;
    $("playhead").style.left = `${(100 * (frame + 0.5)) / film.frame_count}%`;
    const now = chapterAt(film, frame);
    if (this.now !== now || !$("beats").querySelector(".now")) {
      $("beats").querySelector(".now")?.classList.remove("now");
      $("beats").children[now]?.classList.add("now");
      this.now = now;
    }
    const title = film.chapters[now].title;
    this.bar.setAttribute("aria-valuenow", frame);
    this.bar.setAttribute("aria-valuetext", `${clock(frame, film.fps)}, frame ${frame}, ${title}`);
  }

  /** Show how far a film has been played anew. */
  reach(reached, of) {
    const running = of > 0 && reached < of;
    $("reached").style.width = running ? `${(100 * reached) / of}%` : "0";
    this.bar.setAttribute("aria-busy", String(running));
  }

  #frameAt(event) {
    const box = this.bar.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(this.film.frame_count - 1, Math.floor(share * this.film.frame_count)));
  }

  #grab(event) {
    if (!this.film || event.button !== 0) return;
    this.bar.setPointerCapture(event.pointerId);
    this.bar.classList.add("grabbed");
    this.#tip(null);
    this.go(this.#frameAt(event));
    const move = (moved) => this.go(this.#frameAt(moved));
    this.bar.addEventListener("pointermove", move);
    this.bar.addEventListener(
      "lostpointercapture",
      () => {
        this.bar.removeEventListener("pointermove", move);
        this.bar.classList.remove("grabbed");
      },
      { once: true },
    );
  }

  #tip(event) {
    const tip = $("timeline-tip");
    tip.hidden = $("ghost").hidden = !event || !this.film || this.bar.classList.contains("grabbed");
    if (tip.hidden) return;
    const { film } = this;
    const frame = this.#frameAt(event);
    const caption = captionAt(film, frame);
    tip.replaceChildren(
      el("b", {}, film.chapters[chapterAt(film, frame)].title),
      el("span", {}, `${clock(frame, film.fps)} · frame ${frame}`),
    );
    if (caption) tip.append(el("q", {}, caption.text));
    const box = this.bar.getBoundingClientRect();
    $("ghost").style.left = `${event.clientX - box.left}px`;
    const half = tip.offsetWidth / 2 + 8;
    tip.style.left = `${Math.max(half, Math.min(innerWidth - half, event.clientX))}px`;
    tip.style.bottom = `${innerHeight - $("transport").getBoundingClientRect().top + 6}px`;
  }

  #drawRuler() {
    if (!this.film) return;
    const { fps, frame_count } = this.film;
    const second_px = (this.bar.clientWidth * fps) / frame_count;
    const step_s = STEPS_S.find((each) => each * second_px >= LEAST_LABEL_PX) ?? 600;
    const labels = [];
    for (let at_s = 0; at_s * fps < frame_count; at_s += step_s) {
      const label = el("span");
      const left_px = this.bar.clientWidth - at_s * second_px;
      if (left_px >= LABEL_PX) say(label, clock(at_s * fps, fps).slice(0, 5));
      label.style.left = `${(100 * at_s * fps) / frame_count}%`;
      labels.push(label);
    }
    $("ruler").replaceChildren(...labels);
  }
}
