// Panel of colours: the theme, role by role.

import { Rows, el, say } from "./dom.js";
import { NEEDED, contrast } from "./contrast.js";
import { Field } from "./field.js";
import { colorBox, readColor } from "./inputs.js";
import { inWords } from "./moments.js";

export class Colors {
  constructor(panel, edits) {
    this.edits = edits;
    this.values = new Map();
    this.filter = el("input", { type: "search", placeholder: "Find a colour", "aria-label": "Find a colour", id: "find-color" });
    this.filter.addEventListener("input", () => this.#find());
    this.list = el("div", { class: "list" });
    panel.replaceChildren(el("div", { class: "find" }, this.filter), this.list);
    this.rows = new Rows(this.list, (group) => this.#group(group));
  }

  take(colors) {
    this.values = new Map(colors.map((each) => [each.token, each.value]));
    const groups = Map.groupBy(colors, (each) => each.token.split(".")[0]);
    const list = [...groups].map(([role, members]) => ({ role, members }));
    this.rows.show(list, (each) => each.role);
    this.#find();
  }

  #group(first) {
    const swatches = el("span", { class: "swatches", "aria-hidden": "true" });
    const inside = el("div", { class: "shades" });
    const about = el("p", { class: "help" });
    const isText = first.members.some((each) => each.texts.length);
    const element = el(
      "details",
      { open: isText, data: { role: first.role } },
      el("summary", {}, el("h3", {}, inWords(first.role)), swatches),
      about,
      inside,
    );
    const rows = new Rows(inside, (data) => this.#color(data));
    const take = ({ role, members }) => {
      rows.show(members, (each) => `${each.token} ${each.skin_tone}`);
      const tone = members.find((each) => each.skin_tone)?.skin_tone;
      const remarks = new Set(members.map((each) => each.about).filter(Boolean));
      const shared = remarks.size === 1 && members.every((each) => each.about) ? [...remarks][0] : "";
      const of_tone = tone && role ? `Of the skin tone “${tone}”.` : "";
      say(about, [of_tone, shared].filter(Boolean).join(" "));
      about.hidden = !about.textContent;
      swatches.replaceChildren(...members.map((each) => dot(each.value)));
    };
    return { element, take };
  }

  #color(first) {
    const row = { data: first };
    const box = colorBox({ name: first.token, shows: () => row.data.value, data: { color: first.token } });
    const field = new Field(this.edits, first.entry, box);
    const shade = first.token.split(".").slice(1).join(".") || first.token;
    const ratios = el("ul", { class: "ratios", "aria-label": `Contrast of ${first.token}` });
    const element = el(
      "div",
      { class: "color", data: { token: first.token } },
      el("div", { class: "line" }, el("span", { class: "shade", title: first.about || first.token }, inWords(shade)), box.element),
      ratios,
      field.note,
    );
    const measure = () => {
      const now = readColor(box.inputs[1].value) ?? row.data.value;
      const grounds = Object.keys(row.data.contrasts);
      ratios.replaceChildren(...grounds.map((ground) => ratioOf(now, ground, this.values.get(ground))));
      ratios.hidden = grounds.length === 0;
    };
    box.inputs.forEach((each) => each.addEventListener("input", measure));
    const take = (data) => {
      row.data = data;
      field.take(data.entry);
      measure();
    };
    return { element, take };
  }

  #find() {
    const wanted = this.filter.value.trim().toLowerCase();
    for (const { element } of this.rows.rows.values()) {
      let found = 0;
      for (const color of element.querySelectorAll(".color")) {
        const fits = `${color.dataset.token} ${color.querySelector(".hex").value}`.toLowerCase().includes(wanted);
        color.hidden = !fits;
        found += Number(fits);
      }
      element.hidden = found === 0;
      if (wanted && found) element.open = true;
    }
  }
}

function dot(color) {
  const made = el("i");
  made.style.backgroundColor = color;
  return made;
}

function ratioOf(color, ground, against) {
  const ratio = contrast(color, against);
  const passes = ratio >= NEEDED;
  const sample = el("i", { "aria-hidden": "true" }, "Aa");
  sample.style.color = color;
  sample.style.backgroundColor = against;
  const says = `${ratio.toFixed(1)} ${passes ? "✓" : "✗"}`;
  const aloud = `On ${ground}: ${ratio.toFixed(2)}, ${passes ? "passes" : `too little, ${NEEDED} is needed`}`;
  return el(
    "li",
    { class: passes ? "passes" : "fails", title: aloud },
    sample,
    el("span", { "aria-hidden": "true" }, says),
    el("span", { class: "unseen" }, aloud),
  );
}
