// The connection to the server: comes back by itself, ever more patiently.

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export class Wire {
  /**
   * @param {URL} address
   * @param {{heard: (message: object) => void, picture: (header: object, blob: Blob) => void,
   *   changed: (connected: boolean, tries: number) => void}} ear
   */
  constructor(address, ear) {
    this.address = new URL(address);
    this.address.protocol = address.protocol.replace("http", "ws");
    this.ear = ear;
    this.tries = 0;
    this.timer = 0;
    addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => document.hidden || this.#again());
    this.connect();
  }

  get connected() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = 0;
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      this.tries = 0;
      this.ear.changed(true, 0);
    });
    socket.addEventListener("message", (event) => this.#take(event.data));
    socket.addEventListener("close", () => {
      const wait_ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries);
      this.tries += 1;
      this.ear.changed(false, this.tries);
      this.timer = setTimeout(() => this.connect(), wait_ms);
    });
    this.socket = socket;
  }

  /** Send a message; false if there is no connection. */
  say(message) {
    if (!this.connected) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  #again() {
    if (this.timer) this.connect();
  }

  #take(data) {
    if (typeof data === "string") {
      this.ear.heard(JSON.parse(data));
      return;
    }
    const length = new DataView(data).getUint32(0);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
    const type = header.kind === "png" ? "image/png" : "image/jpeg";
    this.ear.picture(header, new Blob([new Uint8Array(data, 4 + length)], { type }));
  }
}
