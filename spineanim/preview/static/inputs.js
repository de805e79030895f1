// Kinds of boxes to write into: what they read and show.

import { el } from "./dom.js";
import { choiceInWords } from "./moments.js";

/** A text of one line or several; `empty` is the value of an empty one. */
export function textBox({ name, lines = 1, empty = "", data = {}, spellcheck = true, lang = null }) {
  const input =
    lines > 1
      ? el("textarea", { rows: lines, "aria-label": name, data, lang, spellcheck: String(spellcheck) })
      : el("input", { type: "text", "aria-label": name, data, lang, spellcheck: String(spellcheck), autocomplete: "off" });
  return {
    element: input,
    inputs: [input],
    read: () => {
      const text = input.value.replace(/\s*\n\s*/g, " ");
      return text.trim() === "" ? empty : text;
    },
    write: (value) => {
      if (input.value !== (value ?? "")) input.value = value ?? "";
    },
  };
}

/** A number; `shows` is what stands there if the entry is missing. */
export function numberBox({ name, low = null, high = null, step = "any", unit = "", whole = false, shows = () => null, data = {} }) {
  const input = el("input", { type: "number", "aria-label": name, min: low, max: high, step, data, title: rangeText(low, high, unit) });
  input.addEventListener("beforeinput", takeComma);
  return {
    element: input,
    inputs: [input],
    read: () => readNumber(input, whole),
    write: (value) => {
      input.value = value ?? shows() ?? "";
    },
  };
}

/** A slider and a number beside it. */
export function sliderBox(options) {
  const box = numberBox(options);
  const number = box.inputs[0];
  const { name, low, high, step, whole, shows, data } = options;
  const slider = el("input", { type: "range", "aria-label": `${name}, slider`, min: low, max: high, step, data });
  slider.addEventListener("input", () => (number.value = slider.value));
  number.addEventListener("input", () => (slider.value = number.value));
  return {
    element: el("div", { class: "slider" }, slider, number),
    inputs: [slider, number],
    read: () => readNumber(number, whole),
    write: (value) => {
      const now = value ?? shows() ?? low;
      slider.value = now;
      number.value = now;
    },
  };
}

/** A choice; numbers stay numbers. */
export function choiceBox({ name, options, shows, data }) {
  const input = el("select", { "aria-label": name, data });
  input.append(...options.map((each, place) => el("option", { value: place }, choiceInWords(each))));
  return {
    element: input,
    inputs: [input],
    read: () => options[input.value],
    write: (value) => {
      input.value = options.indexOf(value ?? shows());
    },
  };
}

/** A colour: a picker and its six digits. */
export function colorBox({ name, shows, data }) {
  const picker = el("input", { type: "color", "aria-label": `${name}, picker`, data });
  const digits = el("input", { type: "text", class: "hex", "aria-label": `${name}, six digits`, maxlength: 7, spellcheck: "false", autocomplete: "off", data: { hex: data.color } });
  picker.addEventListener("input", () => (digits.value = picker.value.toUpperCase()));
  digits.addEventListener("input", () => (picker.value = readColor(digits.value) ?? picker.value));
  return {
    element: el("div", { class: "color-box" }, picker, digits),
    inputs: [picker, digits],
    read: () => {
      const value = readColor(digits.value);
      if (!value) throw new Error("a colour is # and six digits 0 to 9, A to F");
      return value;
    },
    write: (value) => {
      const now = value ?? shows();
      picker.value = now.toLowerCase();
      digits.value = now;
    },
  };
}

/** `#RRGGBB` of what somebody wrote; null if it is no colour. */
export function readColor(text) {
  const digits = text.trim().replace(/^#/, "");
  if (/^[0-9a-f]{6}$/i.test(digits)) return `#${digits.toUpperCase()}`;
  if (/^[0-9a-f]{3}$/i.test(digits)) return `#${digits.replace(/./g, "$&$&").toUpperCase()}`;
  return null;
}

/** A range as one reads it. */
export function rangeText(low, high, unit) {
  if (low === null || high === null || low === undefined) return "";
  return `${low} to ${high}${unit ? ` ${unit}` : ""}`;
}

/** Take a comma for a point: a browser that wants a point would drop it, and 0,7 would be 7. */
function takeComma(event) {
  if (event.data !== "," || (0.5).toLocaleString().includes(",")) return;
  event.preventDefault();
  document.execCommand("insertText", false, ".");
}

function readNumber(input, whole) {
  const value = input.valueAsNumber;
  if (Number.isNaN(value)) throw new Error("write a number");
  if (whole && !Number.isInteger(value)) throw new Error("write a whole number");
  return value;
}
