// Pictures that came, and those that were asked for. They are kept as files, which are small.

const MOST = 240;
const MOST_BYTES = 96 * 2 ** 20;

export class Pictures {
  /** @param {(message: object) => boolean} say sends to the server */
  constructor(say) {
    this.say = say;
    this.count = 0;
    this.forget(null);
  }

  /** Begin anew with another generation of the film. */
  forget(generation) {
    this.generation = generation;
    this.files = new Map();
    this.bytes = 0;
    this.asked = new Map();
  }

  /** Number that the next request has; pictures of lower ones are older. */
  next() {
    this.count += 1;
    return this.count;
  }

  /** Ask for a frame; what comes is handed to whoever listens, with the request's number. */
  ask(frame, why, exact = false) {
    const order = this.next();
    this.asked.set(frame, order);
    this.say({ do: "show", frame, generation: this.generation, why, exact, seq: order });
    return order;
  }

  /** What is there of a frame: a file, whether it is the exact one, whether it is rough; or undefined. */
  find(frame) {
    const found = this.files.get(frame);
    if (found) {
      this.files.delete(frame); // to the end: those unused for the longest time go first
      this.files.set(frame, found);
    }
    return found;
  }

  /** Keep what came; gives the number of the request, or null if it is of another film. */
  came(header, blob) {
    if (header.generation !== this.generation) return null;
    const { exact, rough } = header;
    const old = this.files.get(header.frame);
    if (!(old && old.exact && !exact)) {
      if (old) this.#drop(header.frame);
      this.files.set(header.frame, { blob, exact, rough });
      this.bytes += blob.size;
    }
    while (this.files.size > MOST || this.bytes > MOST_BYTES) {
      this.#drop(this.files.keys().next().value);
    }
    return this.asked.get(header.frame) ?? 0;
  }

  #drop(frame) {
    this.bytes -= this.files.get(frame).blob.size;
    this.files.delete(frame);
  }
}
