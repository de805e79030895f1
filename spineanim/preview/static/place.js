// What the window looks at, kept in the page's address so that a reload comes back to it.

const WAIT_MS = 250;

/** What the address names: scene, language, aspect, height_px, frame; what it lacks is missing. */
export function readPlace() {
  const given = new URLSearchParams(location.hash.slice(1));
  const place = {};
  for (const name of ["scene", "language", "aspect"]) {
    if (given.get(name)) place[name] = given.get(name);
  }
  for (const name of ["height_px", "frame"]) {
    const number = Number.parseInt(given.get(name) ?? "", 10);
    if (number >= 0) place[name] = number;
  }
  return place;
}

let timer = 0;
let wanted = "";

/** Write a place into the address, soon. */
export function writePlace(place) {
  wanted = `#${new URLSearchParams(place)}`.replaceAll("%3A", ":");
  timer ||= setTimeout(() => {
    timer = 0;
    if (location.hash !== wanted) history.replaceState(null, "", wanted);
  }, WAIT_MS);
}
