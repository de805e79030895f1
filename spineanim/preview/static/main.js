// The preview's page: ties its modules together.
//
// For tests and for whoever looks for something, these stay as they are:
//   #picture              canvas; data-frame, data-generation, data-kind (jpeg, png), data-rough, data-order of
//                         what it shows
//   #timeline             slider; aria-valuenow is the playhead's frame; [data-beat] blocks
//   #play, #loop, [data-move=previous|back|forward|next], #time, #frame-number, #beat-now
//   #speed                data-fps and data-dropped while it plays
//   #safe-areas, #captions, #safe-overlay, #caption-overlay, #zoom [data-zoom], #zoom-now
//   #sheet-switch, #sheet [data-frame]
//   [data-scene], #language, #aspect input[value], #height input[value]
//   #words-beat, #trouble, #working, #waiting, #connection[data-state], #saved[data-kind]
//   #tab-words, #tab-parameters, #tab-colors and #panel-…; #undo, #redo, #pin
//   [data-parameter=name][data-language], [data-reset=name], [data-color=token] (picker), [data-hex=token],
//   [data-field="beat.captions.0.text"], .refusal, [data-choose=theirs|mine]

import { $ } from "./dom.js";
import { Edits } from "./edits.js";
import { listenToKeys } from "./keys.js";
import { Looks } from "./looks.js";
import { chapterAt, frameOf, momentOf } from "./moments.js";
import { Working, dim, showConnection, showSaved, showTrouble, showWaiting } from "./notices.js";
import { Overlays } from "./overlays.js";
import { Panels } from "./panels.js";
import { Pictures } from "./pictures.js";
import { readPlace, writePlace } from "./place.js";
import { Player } from "./player.js";
import { Screen } from "./screen.js";
import { Sheet } from "./sheet.js";
import { Wire } from "./socket.js";
import { Timeline } from "./timeline.js";

const NO_PICTURE = "There is no picture yet: see below.";
const say = (message) => wire.say(message);
const place = readPlace();
const moments = new Map(); // scene to where its playhead was
let film = null;
let editable = null;
let problem = null; // with the project
let trouble = null; // with the film that is looked at
let isNew = true; // the connection

const screen = new Screen();
const overlays = new Overlays();
const working = new Working();
const pictures = new Pictures(say);
const player = new Player(pictures, screen, moved);
const timeline = new Timeline((frame) => player.go(frame));
const sheet = new Sheet(say, (frame) => player.go(frame));
const edits = new Edits(say, showSaved);
const panels = new Panels(edits);
const looks = new Looks(open);
screen.drawn = (rough) => {
  working.see(rough);
  showWaiting(""); // and no sooner: a picture of the last film would be taken for one of this
};

function open(look) {
  if (!film || !isFor(film, look)) {
    if (film && film.scene !== look.scene) sheet.open(false);
    player.empty();
    screen.forget(pictures.next());
    film = null;
    showWaiting("Getting the film ready …");
    working.begin();
    timeline.reach(0, 0);
  }
  if (editable && !isOf(editable.look, look)) {
    editable = null;
    panels.words.hold();
  }
  trouble = null;
  showWrong();
  say({ do: "open", ...look });
  remember();
}

/** Whether two looks show the same words. */
const isOf = (one, two) => one.scene === two.scene && one.language === two.language;

/** Whether a message is about what is looked at: one of the last film may still be on its way. */
const isNow = (look) => Object.entries(look).every(([name, value]) => looks.look[name] === value);

/** Show what is wrong, the film's own trouble first. */
function showWrong() {
  dim(trouble);
  const [stays, comes] = trouble
    ? ["The last good picture stays until this is mended.", "The picture comes when this is mended."]
    : ["The film that you see is not affected.", ""];
  showTrouble(trouble ?? problem, film ? stays : comes, Boolean(trouble));
}

function isFor(given, look) {
  const { scene, language, aspect, height_px } = look;
  const shorter_px = Math.min(given.width_px, given.height_px);
  return given.scene === scene && given.language === language && given.aspect === aspect && shorter_px === height_px;
}

function remember() {
  if (film) moments.set(film.scene, momentOf(film, player.frame));
  const { scene, language, aspect, height_px } = looks.look;
  writePlace({ scene, language, aspect, height_px, frame: film ? player.frame : (place.frame ?? 0) });
}

function moved(frame) {
  timeline.show(frame);
  overlays.show(film, frame);
  sheet.show(frame);
  panels.words.show(film, film.chapters[chapterAt(film, frame)]);
  remember();
}

function takeFilm(given) {
  if (!isFor(given, looks.look)) return;
  const moment = moments.get(given.scene);
  const frame = moment ? frameOf(given, moment) : place.scene === given.scene ? place.frame : 0;
  const before = film;
  film = given;
  pictures.forget(film.generation);
  $("picture").dataset.generation = film.generation;
  screen.expect(film.width_px, film.height_px);
  timeline.lay(film);
  sheet.lay(film);
  showWrong();
  player.take(film, frame ?? 0);
  if (!before && editable) panels.take(editable, film);
}

function takeProject(project) {
  ({ problem } = project);
  document.title = `${project.name}: preview`;
  $("project").textContent = project.name;
  const before = looks.look;
  looks.offer(project, place);
  showWrong();
  if (!project.scenes.length) showWaiting(problem ? NO_PICTURE : "This project has no scene yet.");
  else if (isNew || before.scene !== looks.look.scene) open(looks.look);
  isNew = false;
}

const heard = {
  project: takeProject,
  film: ({ is: _, ...given }) => takeFilm(given),
  progress: (progress) => {
    if (!isNow(progress.look)) return;
    const { reached, of, playing } = progress;
    timeline.reach(playing ? reached : of, of);
    working.show(progress);
  },
  trouble: (said) => {
    if (!isNow(said.look)) return;
    if (edits.troubled(said)) dim(true);
    else {
      trouble = said;
      showWrong();
    }
    timeline.reach(0, 0);
    if (!film) showWaiting(NO_PICTURE);
  },
  well: (said) => {
    if (!isNow(said.look)) return;
    trouble = null;
    showWrong();
  },
  panels: (message) => {
    if (!isOf(message.look, looks.look)) return;
    editable = message;
    panels.take(message, film);
  },
  kept: (message) => edits.heard(message),
  refused: (message) => edits.heard(message),
};

const wire = new Wire(new URL("socket", location.href), {
  heard: (message) => heard[message.is]?.(message),
  picture: takePicture,
  changed: (connected, tries) => {
    if (connected) isNew = true;
    else if (player.playing) player.pause();
    showConnection(connected, tries);
    if (connected) return;
    working.end();
    edits.lost();
  },
});

function takePicture(header, blob) {
  if (header.why === "sheet") {
    sheet.came(header, blob);
    return;
  }
  const order = pictures.came(header, blob);
  if (order === null) return;
  if (header.why === "play" && player.playing) player.playback.came(header, blob);
  else if (!player.playing) screen.offer({ blob, ...header }, header.frame, order);
}

const zoom = (factor) => () => screen.zoomTo(factor);
const commands = {
  Space: () => player.toggle(),
  ArrowLeft: () => player.move("back"),
  ArrowRight: () => player.move("forward"),
  "Shift+ArrowLeft": () => player.move("back", 10),
  "Shift+ArrowRight": () => player.move("forward", 10),
  PageUp: () => player.move("previous"),
  PageDown: () => player.move("next"),
  "[": () => player.move("previous"),
  "]": () => player.move("next"),
  Home: () => player.move("first"),
  End: () => player.move("last"),
  L: () => player.loop(!player.loops),
  C: () => sheet.open(!sheet.isOpen),
  0: zoom("fit"),
  1: zoom(1),
  2: zoom(2),
  4: zoom(4),
  "+": () => screen.zoomTo(screen.scale * 1.25),
  "-": () => screen.zoomTo(screen.scale / 1.25),
  "Control+Z": (event) => takesBack(event) && edits.undo(),
  "Control+Shift+Z": (event) => takesBack(event) && edits.redo(),
  "Control+Y": (event) => takesBack(event) && edits.redo(),
};
listenToKeys(commands);

/** Whether Ctrl+Z means the files: while something typed is not kept yet, it means the typing. */
function takesBack(event) {
  return !event.target.closest?.("[data-writing]");
}

// A click on a button must not take the keyboard away from the film.
addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#buttons button, #view-tools button, #top button, #top label, #scenes button")) event.preventDefault();
});

addEventListener("hashchange", () => {
  const wanted = readPlace();
  const { frame, ...look } = wanted;
  const differs = Object.entries(look).some(([name, value]) => looks.look[name] !== value);
  Object.assign(place, wanted);
  if (differs) {
    moments.delete(look.scene);
    looks.choose(look);
  } else if (frame !== undefined) player.go(frame);
});
