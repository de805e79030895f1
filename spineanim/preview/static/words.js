// Panel of words and times: of the beat at the playhead, or of one that is pinned.

import { el, icon, nameButton, say } from "./dom.js";
import { Field } from "./field.js";
import { filled, fitOf } from "./fit.js";
import { numberBox, rangeText, textBox } from "./inputs.js";
import { inWords } from "./moments.js";

export class Words {
  /** @param {() => object} spoken gives what texts may name in braces, with its words */
  constructor(panel, edits, spoken) {
    Object.assign(this, { edits, spoken, beats: [], scene: "", language: "", at: null, shown: null, pinned: false });
    this.fields = new Map();
    this.title = el("h3", { id: "words-beat" });
    this.pin = el("button", { type: "button", class: "icon small toggle", id: "pin", "aria-pressed": "false" }, icon("pin"));
    this.pin.addEventListener("click", () => this.#pin());
    nameButton(this.pin, "Stay at this beat");
    this.list = el("div", { class: "list", id: "words-list" });
    this.list.addEventListener("focusout", () => setTimeout(() => this.#follow(), 0));
    panel.replaceChildren(el("div", { class: "find beat-head" }, this.title, this.pin), this.list);
    this.#name();
    this.list.append(el("p", { class: "help" }, "What can be changed comes with the film, once its files can be read."));
  }

  /** Let nobody write into words of another film or language until the right ones come. */
  hold() {
    this.list.inert = true;
  }

  /** Take words of a scene's language; its film may still be on its way. */
  take(beats, film, { scene, language }) {
    this.list.inert = false;
    const same_film = this.scene === scene && this.language === language;
    Object.assign(this, { beats, film, scene, language });
    this.#name();
    if (!same_film) this.#release();
    const now = this.#beat(this.shown);
    const stays = now?.fields.length === this.fields.size && now.fields.every((each) => this.fields.has(keyOf(each)));
    if (same_film && stays) {
      for (const data of now.fields) {
        const known = this.fields.get(keyOf(data));
        known.field.take(data);
        known.about?.(data);
      }
      return;
    }
    this.shown = null;
    this.#follow();
  }

  /** Follow the playhead. */
  show(film, chapter) {
    const is_new = this.at !== chapter.name || this.shown === null;
    Object.assign(this, { film, at: chapter.name });
    if (this.scene !== film.scene) return; // a film may come before its words
    this.#name();
    if (is_new) this.#follow();
  }

  get #isBusy() {
    return [...this.fields.values()].some((each) => each.field.isBusy);
  }

  #beat(name) {
    // What is no beat of the script is its title card.
    return this.beats.find((each) => each.name === name) ?? this.beats.find((each) => each.name === "");
  }

  #release() {
    this.pinned = false;
    this.pin.setAttribute("aria-pressed", "false");
    this.shown = null;
  }

  #pin() {
    this.pinned = !this.pinned;
    this.pin.setAttribute("aria-pressed", String(this.pinned));
    this.#follow();
  }

  #follow() {
    if (this.shown !== null && (this.pinned || this.#isBusy)) return;
    const beat = this.#beat(this.at);
    if (beat && this.shown === beat.name) return;
    this.shown = beat?.name ?? null;
    this.#build(beat);
  }

  /** Head the words with their beat's title, which changes with the film and its language. */
  #name() {
    if (this.shown === null) say(this.title, "Words");
    else if (this.shown === "") say(this.title, "The film and its title card");
    else {
      // While a film is on its way, its words tell the title as well, but for parameters in it.
      const { title } = this.film?.chapters.find((each) => each.name === this.shown) ?? {};
      const own = this.#beat(this.shown)?.fields.find((each) => each.path.at(-1) === "title");
      say(this.title, title ?? filled(own?.value ?? own?.english ?? inWords(this.shown), this.spoken()));
    }
  }

  #build(beat) {
    this.fields = new Map();
    this.list.replaceChildren();
    this.#name();
    if (!beat) {
      this.list.append(el("p", { class: "help" }, "The words of a film of several scenes are changed in its scenes: choose one at the left."));
      return;
    }
    const places = { head: [], captions: [], labels: [], steps: [], tail: [] };
    for (const data of beat.fields) places[placeOf(data, beat.name)].push(data);
    this.list.append(
      ...this.#group("", places.head.map((each) => this.#lone(each))),
      ...this.#group("Captions", this.#captions(places.captions)),
      ...this.#group("Labels", this.#pairs(places.labels, 3, (data) => this.#lone(data))),
      ...this.#group("Steps", this.#steps(places.steps)),
      ...this.#group("For people who cannot see it", places.tail.map((each) => this.#lone(each))),
    );
  }

  #group(name, rows) {
    if (!rows.length) return [];
    const heading = name ? [el("h4", {}, name)] : [];
    return [el("div", { class: "words-group" }, ...heading, ...rows)];
  }

  #captions(list) {
    const groups = Map.groupBy(list, (data) => (data.kind === "texts" ? "all" : data.path[2]));
    return [...groups.values()].map((members) => {
      const text = members.find((each) => each.kind !== "seconds");
      const at = members.find((each) => each.kind === "seconds");
      const number = typeof text.path[2] === "number" ? text.path[2] + 1 : "";
      const head = el("div", { class: "head" }, el("span", { class: "label" }, `Caption ${number}`.trim()));
      const row = el("div", { class: "caption" }, head);
      if (at) {
        const { box, field } = this.#seconds(at, `Caption ${number} begins at`);
        head.append(el("span", { class: "at" }, "at ", box.element, " s"));
        row.append(field.note);
      }
      row.append(text.kind === "texts" ? this.#together(text) : this.#text(text, `Caption ${number}`, 3, true));
      return row;
    });
  }

  #steps(list) {
    const groups = Map.groupBy(list, (data) => data.path.at(-2));
    return [...groups].map(([step, members]) => {
      const name = inWords(step);
      const made = members.map((data) => this.#seconds(data, `${name}, ${data.path.at(-1) ? "end" : "start"}`));
      const boxes = made.flatMap(({ box }, place) => (place ? [el("span", { "aria-hidden": "true" }, "–"), box.element] : [box.element]));
      return el(
        "div",
        { class: "step" },
        el("div", { class: "line" }, el("span", { class: "label" }, name), ...boxes, el("span", { class: "unit" }, "s")),
        ...made.map(({ field }) => field.note),
      );
    });
  }

  #pairs(list, depth, make) {
    return [...Map.groupBy(list, (data) => String(data.path.slice(0, depth))).values()].map((members) =>
      el("div", { class: "pair" }, ...members.map(make)),
    );
  }

  #lone(data) {
    const key = data.path.at(-1);
    if (data.kind === "seconds") {
      const name = { lasts_s: "Lasts", title_card_s: "Title card lasts", bridge_s: "Bridge lasts" }[key] ?? inWords(String(key));
      const { box, field } = this.#seconds(data, name);
      const range = el("span", { class: "help" });
      const about = ({ low_s }) => say(range, low_s ? `at least ${low_s} s` : "");
      about(data);
      this.fields.get(keyOf(data)).about = about;
      return el("div", { class: "row" }, el("div", { class: "line" }, el("span", { class: "label" }, name), box.element, el("span", { class: "unit" }, "s"), range), field.note);
    }
    const label = data.path.includes("labels") ? inWords(String(data.path.at(-2))) : "";
    const name = label ? (key === "detail" ? `${label}, small print` : label) : inWords(String(key));
    const long = ["description", "summary"].includes(key);
    return el("div", { class: "row" }, el("span", { class: "label", "aria-hidden": "true" }, name), this.#text(data, name, long ? 4 : 1));
  }

  #text(data, name, lines, counted = false) {
    const { path, value, english } = data;
    const key = path.at(-1);
    const gone = typeof key !== "number" && (english !== null || value === null || ["detail", "description"].includes(key));
    const box = textBox({ name, lines, empty: gone ? null : "", lang: this.language, data: { field: path.join(".") } });
    const input = box.inputs[0];
    const element = el("div", { class: "text" });
    const field = this.#field(data, box);
    if (english !== null) {
      const original = el("p", { class: "english", lang: "en" });
      element.append(original);
      field.about = (now) => say(original, now.english ?? "");
      field.about(data);
      if (typeof english === "string") input.placeholder = english;
    }
    element.append(box.element);
    if (counted) element.append(this.#counter(box, english));
    element.append(field.field.note);
    return element;
  }

  #counter(box, english) {
    const counter = el("p", { class: "counter" });
    const count = () => {
      const text = box.inputs[0].value || english || "";
      const { fits, says } = fitOf(filled(text, this.spoken()));
      say(counter, says);
      counter.classList.toggle("long", !fits);
    };
    box.inputs[0].addEventListener("input", count);
    const write = box.write;
    box.write = (value) => {
      write(value);
      count();
    };
    const known = [...this.fields.values()].at(-1);
    known.field.write = box.write;
    count();
    return counter;
  }

  /** All captions of a beat that a translation has none of: written at once. */
  #together(data) {
    const boxes = data.english.map((english, place) =>
      textBox({ name: `Caption ${place + 1}`, lines: 3, lang: this.language, data: { field: `${data.path.join(".")}.${place}` } }),
    );
    const box = {
      inputs: boxes.flatMap((each) => each.inputs),
      read: () => {
        const texts = boxes.map((each) => each.read());
        if (texts.every((each) => each === "")) return null;
        if (texts.includes("")) throw new Error("captions of a beat are translated together: fill in all of them");
        return texts;
      },
      write: (value) => boxes.forEach((each, place) => each.write(value?.[place] ?? "")),
    };
    const { field } = this.#field(data, box);
    const rows = boxes.flatMap((each, place) => [el("p", { class: "english", lang: "en" }, data.english[place]), each.element]);
    return el("div", { class: "text" }, ...rows, field.note);
  }

  #seconds(data, name) {
    const { low_s: low, high_s: high, path } = data;
    const box = numberBox({ name: `${name}, seconds`, low, high, step: "any", data: { field: path.join(".") } });
    const input = box.inputs[0];
    input.classList.add("seconds");
    input.step = "0.1";
    const known = this.#field(data, box);
    known.about = (now) => {
      input.min = now.low_s ?? "";
      input.max = now.high_s ?? "";
      input.title = now.high_s > 600 ? `at least ${now.low_s} s` : rangeText(now.low_s, now.high_s, "s");
    };
    known.about(data);
    return { box, field: known.field };
  }

  #field(data, box) {
    const known = { path: data.path, field: new Field(this.edits, data, box) };
    this.fields.set(keyOf(data), known);
    return known;
  }
}

const keyOf = ({ path, kind }) => JSON.stringify([path, kind]);

function placeOf({ path }, beat) {
  if (!beat) return "head";
  if (path.includes("captions")) return "captions";
  if (path.includes("steps_s")) return "steps";
  if (path.includes("labels")) return "labels";
  return path.at(-1) === "description" ? "tail" : "head";
}
