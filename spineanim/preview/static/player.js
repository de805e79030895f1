// The playhead: where it stands, how it moves, and what the page tells about it.

import { $, nameButton, say } from "./dom.js";
import { chapterAt, clock, marks } from "./moments.js";
import { Playback } from "./playback.js";
import { Scrub } from "./scrub.js";

const SPEED_MS = 500;

export class Player {
  /**
   * @param {import("./pictures.js").Pictures} pictures
   * @param {import("./screen.js").Screen} screen
   * @param {(frame: number) => void} moved called whenever the playhead is somewhere else
   */
  constructor(pictures, screen, moved) {
    this.moved = moved;
    this.film = null;
    this.frame = 0;
    this.scrub = new Scrub(pictures, screen);
    this.playback = new Playback(pictures, screen, (frame) => this.#set(frame), () => this.pause());
    this.loops = false;
    this.speed = 0;
    this.#buttons();
  }

  get playing() {
    return this.playback.running !== 0;
  }

  /** Take a new film, at a frame of it; plays on if it was playing. */
  take(film, frame) {
    const playing = this.playing;
    this.film = film;
    this.frame = -1;
    this.#set(Math.max(0, Math.min(film.frame_count - 1, frame)));
    if (playing) this.#start();
    else this.scrub.want(this.frame);
  }

  /** Have no film, until another one comes. */
  empty() {
    this.pause();
    this.scrub.stop();
    this.film = null;
  }

  /** Go to a frame and stay there. */
  go(frame) {
    if (!this.film) return;
    if (this.playing) this.#stop();
    this.#set(Math.max(0, Math.min(this.film.frame_count - 1, frame)));
    this.scrub.want(this.frame);
  }

  /** Move: `back`, `forward`, by several frames, to the `next` or `previous` beat, `first`, `last`. */
  move(how, frames = 1) {
    if (!this.film) return;
    const places = marks(this.film);
    const ways = {
      back: () => this.frame - frames,
      forward: () => this.frame + frames,
      next: () => places.find((each) => each > this.frame) ?? this.frame,
      previous: () => places.findLast((each) => each < this.frame) ?? 0,
      first: () => 0,
      last: () => this.film.frame_count - 1,
    };
    this.go(ways[how]());
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (!this.film) return;
    const at_end = this.frame >= this.film.frame_count - 1;
    if (at_end && !this.loops) this.#set(0);
    this.#start();
    this.#tell();
  }

  pause() {
    if (!this.playing) return;
    this.#stop();
    this.scrub.want(this.frame);
  }

  loop(on) {
    this.loops = on;
    $("loop").setAttribute("aria-pressed", String(on));
    if (this.playing) this.#start();
  }

  #start() {
    this.scrub.stop();
    const chapter = this.film.chapters[chapterAt(this.film, this.frame)];
    const begin = this.loops ? chapter.start : null;
    this.playback.start(this.film, this.frame, this.loops ? chapter.end : this.film.frame_count, begin);
    clearInterval(this.speed);
    this.speed = setInterval(() => this.#measure(), SPEED_MS);
  }

  #stop() {
    this.playback.stop();
    clearInterval(this.speed);
    this.#tell();
  }

  #set(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    const { fps, frame_count, chapters } = this.film;
    const at = chapterAt(this.film, frame);
    say($("time"), clock(frame, fps));
    say($("frame-number"), `frame ${frame} / ${frame_count - 1}`);
    say($("beat-now"), chapters[at].title);
    this.moved(frame);
  }

  #measure() {
    const { fps, dropped } = this.playback;
    Object.assign($("speed").dataset, { fps, dropped });
    say($("speed"), `${fps} of ${this.film.fps} fps${dropped ? ` · ${dropped} left out` : ""}`);
  }

  #tell() {
    const playing = this.playing;
    $("play").dataset.playing = String(playing);
    nameButton($("play"), playing ? "Pause" : "Play", "Space");
    if (!playing) say($("speed"), "");
  }

  #buttons() {
    const names = {
      previous: ["Previous beat", "Page Up or ["],
      back: ["One frame back", "←; with Shift ten"],
      forward: ["One frame on", "→; with Shift ten"],
      next: ["Next beat", "Page Down or ]"],
    };
    for (const [how, [name, hint]] of Object.entries(names)) {
      const button = document.querySelector(`[data-move=${how}]`);
      nameButton(button, name, hint);
      button.addEventListener("click", (event) => this.move(how, event.shiftKey ? 10 : 1));
    }
    nameButton($("loop"), "Repeat this beat", "L");
    $("loop").addEventListener("click", () => this.loop(!this.loops));
    $("play").addEventListener("click", () => this.toggle());
    this.#tell();
  }
}
