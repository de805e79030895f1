// Small helpers about elements.

/** The element of the page with an id. */
export const $ = (id) => document.getElementById(id);

/**
 * Make an element.
 * @param {string} tag
 * @param {object} [attributes] `on…` is a listener, `data` the dataset, true an attribute without
 *   value; null and false leave it out.
 * @param {...(Node|string|null)} children
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((each) => each !== null && each !== undefined));
  return made;
}

/** A symbol of the page's own set. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

let count = 0;
/** An id that no other element has. */
export const newId = (prefix) => `${prefix}-${(count += 1)}`;

/** Say what a button does, to eyes and to screen readers. */
export function nameButton(button, name, hint = "") {
  button.setAttribute("aria-label", name);
  button.title = hint ? `${name} (${hint})` : name;
}

/** Give the keyboard to the first of what can be used: undo, redo, the panel that is open. */
export function focusOnPanels() {
  [$("undo"), $("redo"), document.querySelector("#tabs [aria-selected=true]")].find((each) => !each.disabled).focus();
}

/** Whether two values that came as JSON are the same. */
export const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

/** Put a text there only if it is another; what a screen reader hears is not said twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A message without the file and line that it begins with, where those are told or plain anyway. */
export function withoutPlace(message, file) {
  const opens = file && message.startsWith(file) ? /^(:\d+)?:? /.exec(message.slice(file.length)) : null;
  return opens ? message.slice(file.length + opens[0].length) : message;
}

/**
 * Rows of a list that stay the same elements while their data changes, so that focus, caret and
 * what somebody is writing are not lost.
 */
export class Rows {
  /**
   * @param {Element} parent
   * @param {(data: object) => {element: Element, take: (data: object) => void}} make
   */
  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
    this.rows = new Map();
  }

  /** Show a list; each entry of it is known by its key. */
  show(list, keyOf) {
    const old = this.rows;
    this.rows = new Map(list.map((data) => [keyOf(data), old.get(keyOf(data)) ?? this.make(data)]));
    for (const [key, row] of old) if (!this.rows.has(key)) row.element.remove();
    let before = null;
    for (const row of [...this.rows.values()].reverse()) {
      const stands = row.element.parentNode === this.parent && row.element.nextElementSibling === before;
      if (!stands) this.parent.insertBefore(row.element, before);
      before = row.element;
    }
    list.forEach((data) => this.rows.get(keyOf(data)).take(data));
  }
}
