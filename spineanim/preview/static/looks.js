// Choices of what is looked at: scene, language, shape, sharpness.

import { $, Rows, el, newId, say } from "./dom.js";
import { duration } from "./moments.js";

const HEIGHTS = [540, 1080];
const NAMES = { 540: "Quick 540", 1080: "Sharp 1080" };

export class Looks {
  /** @param {(look: object) => void} open called with each look that is chosen */
  constructor(open) {
    this.open = open;
    this.look = { scene: "", language: "", aspect: "", height_px: HEIGHTS[0] };
    this.scenes = new Rows($("scene-list"), (data) => this.#scene(data));
    $("language").addEventListener("change", () => this.choose({ language: $("language").value }));
    this.#segments("height", HEIGHTS, (value) => NAMES[value], (value) => ({ height_px: value }));
  }

  /** Take what there is to choose from; what was looked at before stays if it is still there. */
  offer(project, wanted) {
    const among = (list, ...values) => values.find((each) => list.includes(each)) ?? list[0] ?? "";
    const now = this.look;
    const names = project.scenes.map((each) => each.name);
    this.look = {
      scene: among(names, now.scene, wanted.scene),
      language: among(project.languages, now.language, wanted.language, "en"),
      aspect: among(project.aspects, now.aspect, wanted.aspect, "16:9"),
      height_px: now.scene ? now.height_px : among(HEIGHTS, wanted.height_px),
    };
    this.scenes.show(project.scenes, (each) => each.name);
    $("language").replaceChildren(
      ...project.languages.map((each) => el("option", { value: each }, languageName(each))),
    );
    this.#segments("aspect", project.aspects, (value) => value, (value) => ({ aspect: value }));
    this.#mark();
  }

  /** Look at something else. */
  choose(part) {
    this.look = { ...this.look, ...part };
    this.#mark();
    this.open(this.look);
  }

  #scene(data) {
    const title = el("span", { class: "name" });
    const about = el("span");
    const choose = () => this.choose({ scene: data.name });
    const line = el("span", { class: "about" }, el("code", {}, data.name), about);
    const button = el("button", { type: "button", data: { scene: data.name }, onclick: choose }, title, line);
    const files = el("ul", { class: "files", "aria-label": "Its files" });
    const take = (scene) => {
      say(title, scene.title);
      button.title = scene.title;
      const inside = scene.parts?.length
        ? `${scene.parts.length} scenes`
        : scene.beats ? `${scene.beats} beats` : "cannot be read now";
      say(about, [scene.length_s ? duration(scene.length_s) : "", inside].filter(Boolean).join(" · "));
      row.scene = scene;
    };
    const row = { element: el("li", {}, button, files), take, files };
    return row;
  }

  #segments(id, values, name, part) {
    const group = $(id);
    if (group.dataset.values === String(values)) return;
    group.dataset.values = String(values);
    const radios = values.map((value) => {
      const radio = newId(id);
      const pick = () => this.choose(part(value));
      return [
        el("input", { type: "radio", name: id, id: radio, value, onchange: pick }),
        el("label", { for: radio }, name(value)),
      ];
    });
    group.replaceChildren(...radios.flat());
  }

  #mark() {
    const { scene, language, aspect, height_px } = this.look;
    for (const [name, row] of this.scenes.rows) {
      const button = row.element.firstElementChild;
      const isChosen = name === scene;
      if (isChosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      const { file, words } = row.scene;
      row.files.hidden = !isChosen;
      row.files.replaceChildren(...[file, words[language]].map((each) => el("li", {}, el("code", {}, ...breakable(each)))));
    }
    $("language").value = language;
    for (const [id, value] of [["aspect", aspect], ["height", height_px]]) {
      for (const radio of $(id).querySelectorAll("input")) radio.checked = radio.value === String(value);
    }
  }
}

/** A file's name that may be broken after a slash, where a narrow column needs it. */
const breakable = (file) => file.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);

/** A language by its own English name; its code if there is none. */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
