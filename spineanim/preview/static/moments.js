// Frames, times and beats of a film.

const two = (number) => String(number).padStart(2, "0");

/** `mm:ss.ff`: minutes, seconds and frames within the second. */
export function clock(frame, fps) {
  const seconds = Math.floor(frame / fps);
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${two(frame % fps)}`;
}

/** A length in people's way: `1:18`, or `7 s` below a minute. */
export function duration(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

/** `camera_moves_in` as words; a unit at the end is left out. */
export function inWords(name) {
  const words = name.replace(/_(mm|deg|s|ml|px)$/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a choice as one reads it: the gap `L2_L3` is L2–L3. */
export const choiceInWords = (value) => String(value).replace(/^([A-Z]\d+)_([A-Z]\d+)$/, "$1–$2");

/** Place of the chapter that a frame lies in. */
export function chapterAt(film, frame) {
  let found = 0;
  film.chapters.forEach((each, place) => {
    if (each.start <= frame) found = place;
  });
  return found;
}

/** Where a frame is, as it can be found again when the film has changed. */
export function momentOf(film, frame) {
  const { name, part, start } = film.chapters[chapterAt(film, frame)];
  return { name, part, offset: frame - start };
}

/** The frame of a moment; null if its chapter is gone. */
export function frameOf(film, moment) {
  const at = film.chapters.find((each) => each.name === moment.name && each.part === moment.part);
  if (!at) return null;
  return Math.max(at.start, Math.min(at.start + moment.offset, at.end - 1));
}

/** The caption at a frame; undefined if there is none. */
export const captionAt = (film, frame) =>
  film.captions.find((each) => each.start <= frame && frame < each.end);

/** First frames of chapters, and the film's last frame: where "next" may go. */
export const marks = (film) => [...film.chapters.map((each) => each.start), film.frame_count - 1];
