// Panel of parameters: what a practice may set.

import { Rows, el, icon, newId, same, say } from "./dom.js";
import { Field } from "./field.js";
import { choiceBox, numberBox, rangeText, sliderBox, textBox } from "./inputs.js";
import { languageName } from "./looks.js";
import { choiceInWords, inWords } from "./moments.js";

export class Parameters {
  constructor(panel, edits) {
    this.edits = edits;
    this.list = el("div", { class: "list" });
    panel.replaceChildren(this.list);
    this.rows = new Rows(this.list, (data) => this.#row(data));
  }

  take(parameters) {
    // The shape of a parameter may change with its file: one text for all, or one a language.
    this.rows.show(parameters, (each) => JSON.stringify([each.name, each.entries.map((entry) => entry.path)]));
  }

  #row(first) {
    const row = { data: first };
    const isWords = first.entries.length > 1 || first.kind === "words";
    const fields = first.entries.map((entry) => {
      const language = entry.path.length > 1 ? entry.path[1] : "";
      const name = language ? `${inWords(first.name)}, ${languageName(language)}` : inWords(first.name);
      const box = boxFor(row, name, language);
      const field = new Field(this.edits, entry, box);
      const line = el("div", { class: "line" });
      if (isWords && language) line.append(el("span", { class: "language", "aria-hidden": "true" }, language));
      line.append(box.element);
      return { field, element: el("div", {}, line, field.note) };
    });
    const reset = el("button", { type: "button", class: "icon small", data: { reset: first.name } }, icon("reset"));
    reset.addEventListener("click", () => {
      const group = newId("reset");
      fields.forEach(({ field }) => field.base === null || field.reset(group));
      fields[0].field.inputs[0].focus(); // the button goes when there is nothing left to reset
    });
    const state = el("span", { class: "state" });
    const element = el(
      "div",
      { class: "entry", data: { entry: first.name } },
      el("div", { class: "head" }, el("h3", {}, inWords(first.name)), state, reset),
      el("p", { class: "help" }, helpOf(first)),
      ...fields.map((each) => each.element),
    );
    const take = (data) => {
      row.data = data;
      data.entries.forEach((entry, place) => fields[place].field.take(entry));
      const isSet = data.entries.some((entry) => entry.value !== null);
      const isUsual = same(data.now, data.default) || (!isSet && data.default === null);
      const usual = data.default === null ? `follows ${inWords(data.follows).toLowerCase()}` : `default ${asText(data.default)}`;
      say(state, isUsual && data.default !== null ? "default" : usual);
      element.classList.toggle("changed", !isUsual);
      reset.hidden = !isSet || isUsual;
      const what = `Back to ${usual}: take ${inWords(data.name).toLowerCase()} out of the file`;
      reset.setAttribute("aria-label", what);
      reset.title = data.where ? `${what} (${data.where})` : what;
    };
    return { element, take };
  }
}

function boxFor(row, name, language) {
  const { kind, options, low, high, step, unit, whole, name: key } = row.data;
  const data = { parameter: key };
  if (language) data.language = language;
  const shows = () => (language ? (row.data.now?.[language] ?? null) : row.data.now);
  if (kind === "choice") return choiceBox({ name, options, shows, data });
  if (kind !== "number") {
    const box = textBox({ name, data, lang: language || null, spellcheck: kind !== "file" });
    return { ...box, write: (value) => box.write(value ?? shows()) };
  }
  const number = { name, low, high, step, unit, whole, shows, data };
  const box = low === null || high === null ? numberBox(number) : sliderBox(number);
  if (unit) box.element = el("div", { class: "with-unit" }, box.element, el("span", { class: "unit" }, short(unit)));
  return box;
}

function helpOf({ meaning, kind, low, high, unit, allowed }) {
  const said = meaning.charAt(0).toUpperCase() + meaning.slice(1);
  if (kind === "number") return `${said}. ${rangeText(low, high, unit)}.`;
  return kind === "choice" || kind === "words" ? `${said}.` : `${said}: ${allowed}.`;
}

const short = (unit) => ({ degrees: "°" })[unit] ?? unit;
const asText = (value) => {
  if (value === "") return "empty";
  return typeof value === "object" ? Object.values(value)[0] : choiceInWords(value);
};
