// What lies over the picture: safe areas, and captions that are not in the picture itself.

import { $, say } from "./dom.js";
import { captionAt } from "./moments.js";

export class Overlays {
  constructor() {
    this.film = null;
    this.frame = 0;
    for (const id of ["safe-areas", "captions"]) {
      $(id).addEventListener("click", () => {
        const on = $(id).getAttribute("aria-pressed") !== "true";
        $(id).setAttribute("aria-pressed", String(on));
        this.show(this.film, this.frame);
      });
    }
  }

  /** Show what belongs to a frame. */
  show(film, frame) {
    Object.assign(this, { film, frame });
    const on = (id) => $(id).getAttribute("aria-pressed") === "true";
    $("safe-overlay").hidden = !on("safe-areas");
    const burned = Boolean(film?.burned);
    $("captions").setAttribute("aria-disabled", String(burned));
    $("captions").title = burned
      ? "Captions are part of this picture (parameter “captions”: burned)"
      : "Captions as the player on the website shows them";
    const caption = film && !burned && on("captions") ? captionAt(film, frame) : null;
    $("caption-overlay").hidden = !caption;
    say($("caption-overlay").firstElementChild, caption?.text ?? "");
  }
}
