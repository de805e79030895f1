// Playing in time: what is due is shown, what comes too late is left out.

const MOST_ASKED = 3;
const AHEAD = 3;
const PATIENCE_MS = 1500;
const LONGEST_LEAD = 30;

export class Playback {
  /**
   * @param {import("./pictures.js").Pictures} pictures
   * @param {import("./screen.js").Screen} screen
   * @param {(frame: number) => void} moved called with each frame that is due
   * @param {() => void} ended called at the end of the film
   */
  constructor(pictures, screen, moved, ended) {
    this.pictures = pictures;
    this.screen = screen;
    this.moved = moved;
    this.ended = ended;
    this.running = 0;
    this.lead = 1;
    this.ready = new Map();
    this.flying = new Map();
  }

  /** Play from a frame up to before `end`; then from `begin` again if that is a number. */
  start(film, frame, end, begin = null) {
    this.stop();
    Object.assign(this, { film, end, begin, shown: 0, passed: 0, drawn: [] });
    this.turn = (this.turn ?? 0) + 1;
    this.#from(frame, performance.now());
    this.running = requestAnimationFrame((now) => this.#tick(now));
  }

  stop() {
    cancelAnimationFrame(this.running);
    this.running = 0;
    this.#clear();
  }

  /** Frames a second that are seen now. */
  get fps() {
    const since = performance.now() - 1000;
    this.drawn = this.drawn.filter((each) => each > since);
    return this.drawn.length;
  }

  /** Frames that were left out since the start. */
  get dropped() {
    return Math.max(0, this.passed - this.shown);
  }

  /** Take a picture that was asked for. */
  async came(header, blob) {
    const asked_ms = this.flying.get(header.frame);
    if (asked_ms === undefined) return;
    const turn = this.turn;
    const bitmap = await createImageBitmap(blob).catch(() => null);
    if (!bitmap) return;
    if (turn !== this.turn || !this.running || header.frame <= this.last) {
      bitmap.close();
      return;
    }
    const took = ((performance.now() - asked_ms) / 1000) * this.film.fps;
    this.lead = Math.min(LONGEST_LEAD, 0.8 * this.lead + 0.2 * took);
    this.flying.delete(header.frame);
    this.ready.get(header.frame)?.bitmap.close();
    this.ready.set(header.frame, { bitmap, rough: header.rough });
  }

  #from(frame, now) {
    this.#clear();
    this.first = frame;
    this.first_ms = now;
    this.due = frame;
    this.last = frame - 1; // newest that was shown
    this.newest = frame - 1; // that was asked for
  }

  #clear() {
    for (const { bitmap } of this.ready.values()) bitmap.close();
    this.ready.clear();
    this.flying.clear();
  }

  #tick(now) {
    const due = this.first + Math.floor((Math.max(0, now - this.first_ms) * this.film.fps) / 1000);
    if (due >= this.end && this.begin === null) {
      this.moved(this.end - 1);
      this.ended();
      return;
    }
    if (due >= this.end) {
      this.passed += this.end - 1 - this.due;
      this.#from(this.begin, now);
    } else {
      this.passed += due - this.due;
      this.due = due;
    }
    this.#show();
    this.#ask(now);
    this.moved(this.due);
    this.running = requestAnimationFrame((next) => this.#tick(next));
  }

  #show() {
    const there = [...this.ready.keys()].filter((frame) => frame <= this.due).sort((a, b) => a - b);
    const best = there.pop();
    for (const frame of there) {
      this.ready.get(frame).bitmap.close();
      this.ready.delete(frame);
    }
    if (best === undefined) return;
    const { bitmap, rough } = this.ready.get(best);
    this.screen.draw(bitmap, { frame: best, kind: "jpeg", rough }, this.pictures.next());
    this.ready.delete(best);
    this.last = best;
    this.shown += 1;
    this.drawn.push(performance.now());
  }

  #ask(now) {
    for (const [frame, asked_ms] of this.flying) {
      if (now - asked_ms > PATIENCE_MS) this.flying.delete(frame);
    }
    while (this.flying.size < MOST_ASKED) {
      const soonest = this.due + Math.ceil(this.lead);
      const frame = Math.max(this.newest + 1, this.newest < this.first ? this.first : soonest);
      if (frame >= this.end || frame > soonest + AHEAD) return;
      this.newest = frame;
      this.flying.set(frame, now);
      const found = this.pictures.find(frame);
      if (found) this.came({ frame, rough: found.rough }, found.blob);
      else this.pictures.ask(frame, "play");
    }
  }
}
