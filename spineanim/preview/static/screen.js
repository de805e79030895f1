// The picture: what is drawn on it, how large it is seen, which part of it.

import { $, say } from "./dom.js";

const MARGIN_PX = 20;
const LARGEST = 8;
const SMALLEST = 0.1;
const CLOSER = 2; // a double click shows the fitted picture so many times as large
const PIXELS_FROM = 4; // from this zoom on, pixels are seen as squares

export class Screen {
  constructor() {
    this.view = $("view");
    this.below = $("trouble");
    this.frame = $("frame");
    this.canvas = $("picture");
    this.pen = this.canvas.getContext("2d", { alpha: false });
    this.order = 0;
    this.zoom = "fit";
    this.middle = [0.5, 0.5]; // share of the picture that lies in the middle of the view
    this.size_px = [this.canvas.width, this.canvas.height];
    this.drawn = (_rough) => {}; // told whether what is seen now is rough
    new ResizeObserver(() => this.#place()).observe(this.view);
    this.#listen();
  }

  /** Know how large pictures are before the first one comes. */
  expect(width_px, height_px) {
    if (this.size_px[0] === width_px && this.size_px[1] === height_px) return;
    const [old_width, old_height] = this.size_px;
    this.size_px = [width_px, height_px];
    if (old_width / old_height !== width_px / height_px) this.canvas.width = this.canvas.height = 1;
    this.#place();
  }

  /** Show a picture file unless a newer one has been shown. */
  async offer(found, frame, request) {
    const order = found.exact ? request + 0.5 : request; // a quick one of the same frame may be decoded later
    if (order < this.order) return;
    const bitmap = await createImageBitmap(found.blob).catch(() => null);
    if (bitmap) this.draw(bitmap, { frame, kind: found.exact ? "png" : "jpeg", rough: found.rough }, order);
  }

  /** Show nothing that was asked for before this: it is of another film. */
  forget(order) {
    this.order = order;
  }

  /** Draw a picture, and let go of it. */
  draw(bitmap, facts, order) {
    if (order >= this.order) {
      this.order = order;
      if (this.canvas.width !== bitmap.width || this.canvas.height !== bitmap.height) {
        this.canvas.width = bitmap.width;
        this.canvas.height = bitmap.height;
      }
      this.pen.drawImage(bitmap, 0, 0);
      Object.assign(this.canvas.dataset, { ...facts, order });
      this.drawn(facts.rough);
    }
    bitmap.close();
  }

  /** Zoom to "fit" or a factor: pixels of the screen for a pixel of the picture. */
  zoomTo(zoom, at_px = null) {
    const old = this.scale;
    if (zoom !== "fit") zoom = Math.max(SMALLEST, Math.min(LARGEST, zoom));
    if (zoom === "fit") this.middle = [0.5, 0.5];
    else if (at_px) {
      const box = this.view.getBoundingClientRect();
      const [width, height] = this.#room;
      const off_px = [at_px[0] - box.left - width / 2, at_px[1] - box.top - height / 2];
      const ratio = devicePixelRatio;
      this.middle = this.middle.map(
        (share, axis) => share + (off_px[axis] * ratio * (1 / old - 1 / zoom)) / this.size_px[axis],
      );
    }
    this.zoom = zoom;
    this.#place();
  }

  /** Shift what is seen. */
  pan(x_px, y_px) {
    const factor = devicePixelRatio / this.scale;
    this.middle = [
      this.middle[0] - (x_px * factor) / this.size_px[0],
      this.middle[1] - (y_px * factor) / this.size_px[1],
    ];
    this.#place();
  }

  /** Width and height of the view, as if nothing stood below it: so the picture stays where it was. */
  get #room() {
    return [this.view.clientWidth, this.view.clientHeight + this.below.offsetHeight];
  }

  get scale() {
    if (this.zoom !== "fit") return this.zoom;
    const { clientWidth, clientHeight } = this.view;
    const across = (clientWidth - 2 * MARGIN_PX) / this.size_px[0];
    const down = (clientHeight - 2 * MARGIN_PX) / this.size_px[1];
    return Math.max(0.02, Math.min(across, down)) * devicePixelRatio;
  }

  #place() {
    const scale = this.scale;
    const factor = scale / devicePixelRatio;
    const room = this.#room;
    const seen = [this.view.clientWidth, this.view.clientHeight];
    const place = this.size_px.map((size_px, axis) => {
      const length = size_px * factor;
      // What is smaller than the view stays inside, what is larger leaves no empty border.
      const least = Math.min(seen[axis] - length - MARGIN_PX, (room[axis] - length) / 2);
      const most = Math.max(MARGIN_PX, least);
      const start = Math.max(least, Math.min(most, room[axis] / 2 - this.middle[axis] * length));
      this.middle[axis] = (room[axis] / 2 - start) / length;
      return [Math.round(start), Math.round(length)];
    });
    const style = this.frame.style;
    [style.left, style.top] = place.map(([start]) => `${start}px`);
    [style.width, style.height] = place.map(([, length]) => `${length}px`);
    this.canvas.classList.toggle("pixels", scale >= PIXELS_FROM);
    say($("zoom-now"), `${Math.round(scale * 100)} %`);
    for (const each of $("zoom").querySelectorAll("button")) {
      each.setAttribute("aria-pressed", String(each.dataset.zoom === String(this.zoom)));
    }
  }

  #listen() {
    $("zoom").addEventListener("click", (event) => {
      const wanted = event.target.closest("button")?.dataset.zoom;
      if (wanted) this.zoomTo(wanted === "fit" ? "fit" : Number(wanted));
    });
    this.view.addEventListener(
      "wheel",
      (event) => {
        if (event.target.closest("#sheet")) return;
        event.preventDefault();
        const step = event.deltaMode ? event.deltaY * 16 : event.deltaY;
        this.zoomTo(this.scale * Math.exp(-step / 500), [event.clientX, event.clientY]);
      },
      { passive: false },
    );
    // Heard at the view: as it holds the pointer while it is pressed, the click is its own.
    this.view.addEventListener("dblclick", (event) => {
      if (event.target.closest("#sheet, button")) return;
      if (this.zoom === "fit") this.zoomTo(CLOSER * this.scale, [event.clientX, event.clientY]);
      else this.zoomTo("fit");
    });
    this.view.addEventListener("pointerdown", (event) => this.#grab(event));
  }

  #grab(event) {
    if (event.button > 1 || event.target.closest("#sheet, button")) return;
    let from = [event.clientX, event.clientY];
    this.view.setPointerCapture(event.pointerId);
    this.view.classList.add("grabbed");
    const move = (moved) => {
      this.pan(moved.clientX - from[0], moved.clientY - from[1]);
      from = [moved.clientX, moved.clientY];
    };
    const done = () => {
      this.view.classList.remove("grabbed");
      this.view.removeEventListener("pointermove", move);
    };
    this.view.addEventListener("pointermove", move);
    this.view.addEventListener("lostpointercapture", done, { once: true });
  }
}
