// Keys of the page. What a control needs for itself stays its own.

const WRITES = "input:not([type=range], [type=radio], [type=color], [type=checkbox]), textarea, select";
const OWN_ARROWS = "input, textarea, select, [role=tab]";
const OWN_SPACE = "button, a, summary, input:not([type=range])";

/** Listen for keys: `commands` has a function for each. */
export function listenToKeys(commands) {
  addEventListener("keydown", (event) => {
    const name = nameOf(event);
    const command = commands[name];
    if (!command || event.defaultPrevented || isOwn(event.target, name)) return;
    if (event.repeat && ["Space", "L"].includes(name)) return;
    if (command(event) !== false) event.preventDefault();
  });
}

function nameOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.altKey) return "";
  return `${control ? "Control+" : ""}${event.shiftKey && (control || key.length > 1) ? "Shift+" : ""}${key}`;
}

function isOwn(target, name) {
  if (!(target instanceof Element) || name.startsWith("Control+")) return false;
  if (target.closest(WRITES)) return true;
  if (name === "Space") return Boolean(target.closest(OWN_SPACE));
  if (/Arrow|Home|End|Page/.test(name)) return Boolean(target.closest(OWN_ARROWS));
  return false;
}
