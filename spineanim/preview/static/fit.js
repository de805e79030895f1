// How a caption fits: two lines of 37 letters.

export const LETTERS = 37;
export const LINES = 2;

/** Lengths of the lines that a text breaks into. */
export function lines(text) {
  const found = [];
  let line = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line && line + 1 + word.length > LETTERS) {
      found.push(line);
      line = 0;
    }
    line += (line ? 1 : 0) + word.length;
  }
  if (line) found.push(line);
  return found;
}

/** Whether it fits, and that in words. */
export function fitOf(text) {
  const found = lines(text);
  const fits = found.length <= LINES && found.every((each) => each <= LETTERS);
  const letters = found.map((each) => `${each}`).join(" + ") || "0";
  const rows = found.length === 1 ? "1 line" : `${found.length} lines`;
  const of = `${letters} of ${LETTERS} letters`;
  return { fits, says: fits ? `${rows} · ${of}` : `${rows} · ${of}: longer than two lines` };
}

/** A text with the words that stand for what it names in braces. */
export function filled(text, spoken) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => spoken[name] ?? whole);
}
