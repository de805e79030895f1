// The panels at the right: tabs, and what they are filled with.

import { $, focusOnPanels, nameButton } from "./dom.js";
import { Colors } from "./colors.js";
import { Parameters } from "./parameters.js";
import { Words } from "./words.js";

const TABS = ["words", "parameters", "colors"];

export class Panels {
  /** @param {import("./edits.js").Edits} edits */
  constructor(edits) {
    this.spoken = {};
    this.words = new Words($("panel-words"), edits, () => this.spoken);
    this.parameters = new Parameters($("panel-parameters"), edits);
    this.colors = new Colors($("panel-colors"), edits);
    for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => this.open(name));
    $("tabs").addEventListener("keydown", (event) => this.#key(event));
    const hint = "writing in a field, it first takes back what you typed there";
    nameButton($("undo"), "Undo", `Ctrl+Z; ${hint}`);
    nameButton($("redo"), "Redo", "Ctrl+Shift+Z");
    $("undo").addEventListener("click", () => edits.undo());
    $("redo").addEventListener("click", () => edits.redo());
  }

  open(name) {
    for (const each of TABS) {
      const chosen = each === name;
      $(`tab-${each}`).setAttribute("aria-selected", String(chosen));
      $(`tab-${each}`).tabIndex = chosen ? 0 : -1;
      $(`panel-${each}`).hidden = !chosen;
    }
  }

  /** Take what can be edited now. */
  take(message, film) {
    this.spoken = message.spoken;
    this.parameters.take(message.parameters);
    this.colors.take(message.colors);
    this.words.take(message.beats, film, message.look);
    const focused = document.activeElement;
    $("undo").disabled = !message.can_undo;
    $("redo").disabled = !message.can_redo;
    // A button that can do no more would lose the keyboard.
    if (focused.disabled) focusOnPanels();
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = TABS.findIndex((each) => $(`tab-${each}`) === event.target);
    const name = TABS[(at + step + TABS.length) % TABS.length];
    this.open(name);
    $(`tab-${name}`).focus();
  }
}
