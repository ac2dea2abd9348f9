// The line to the sandbox: acts of the person out, changes of the chat in.

const RETRY = 2000;
const WHOLE = ["hello", "resync", "reset", "commands", "topics", "pinned", "standing"];

export class Refused extends Error {}

export class Link {
  constructor(base, user, chat) {
    this.base = base.replace(/\/+$/, "");
    this.user = user;
    this.chat = chat ?? user;
    this.closed = false;
  }

  /** The address of a file that the sandbox names relative to its root. */
  address(path) {
    return `${this.base}/${path}`;
  }

  snapshot() {
    return this.#ask(`chat/${this.chat}`);
  }

  /** Does an act as the person. Throws Refused with the sandbox's reason. */
  act(name, fields = {}) {
    const body = JSON.stringify({ user: this.user, chat: this.chat, ...fields });
    return this.#ask(name, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  }

  sendFile(kind, file, name, fields) {
    const body = new FormData();
    for (const [key, value] of Object.entries({ user: this.user, chat: this.chat, ...fields })) body.append(key, value);
    body.append("file", file, name);
    return this.#ask(kind === "photo" ? "send_photo" : "send_file", { method: "POST", body });
  }

  async #ask(path, options) {
    const response = await fetch(`${this.base}/_control/${path}`, options);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(answer.error ?? `HTTP ${response.status}`);
    return answer;
  }

  /** Calls `onSnapshot` with the whole chat at first and after every gap, `onEvent` with each change, `onLine` with
   * whether the line stands. */
  listen({ onSnapshot, onEvent, onLine }) {
    this.handlers = { onSnapshot, onEvent, onLine };
    this.waiting = null;
    this.#connect();
  }

  #connect() {
    if (this.closed) return;
    this.source = new EventSource(`${this.base}/_control/events?chat=${this.chat}`);
    this.source.onmessage = (message) => this.#take(JSON.parse(message.data));
    this.source.onerror = () => {
      this.handlers.onLine(false);
      if (this.source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#connect(), RETRY);
    };
  }

  #take(event) {
    if (WHOLE.includes(event.type)) this.#resync();
    else if (this.waiting) this.waiting.push(event);
    else this.handlers.onEvent(event);
  }

  async #resync() {
    const waiting = (this.waiting = []);
    try {
      const snapshot = await this.snapshot();
      if (this.waiting !== waiting || this.closed) return;
      this.handlers.onSnapshot(snapshot);
    } catch (error) {
      if (this.waiting !== waiting || this.closed) return;
      this.handlers.onSnapshot(null, error);
    }
    this.waiting = null;
    this.handlers.onLine(true);
    waiting.forEach((event) => this.handlers.onEvent(event));
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.source?.close();
  }
}
