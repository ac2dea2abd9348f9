// The phone's line to the sandbox: acts by POST, the chat by GET, changes by Server-Sent Events.

const RECONNECT = 2000;
const LARGEST_FILE = 10 * 1024 * 1024;
const NOT_MINE = new Set(["call", "callback"]);

export class Wire {
  constructor(base, user) {
    this.root = `${base}/_control`;
    this.user = user;
  }

  /** Do as the person; throws with the sandbox's words when that is impossible. */
  async act(name, fields = {}) {
    const body = JSON.stringify({ user: this.user, ...fields });
    return this.#post(name, { headers: { "Content-Type": "application/json" }, body });
  }

  async upload(name, file) {
    if (file.size > LARGEST_FILE) throw new Error("Файл завеликий: можна до 10 МБ");
    const query = new URLSearchParams({ user: this.user, name: file.name });
    return this.#post(`${name}?${query}`, { headers: { "Content-Type": "application/octet-stream" }, body: file });
  }

  /** The chat as it is now; null when there is no such person. */
  async chat() {
    const answer = await fetch(`${this.root}/chat?${new URLSearchParams({ user: this.user })}`, { cache: "no-store" });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer.json();
  }

  /** Call `changed` on every change and after each reconnection, `linked(true|false)` as the line comes and goes. */
  watch(changed, linked) {
    this.close();
    const source = new EventSource(`${this.root}/events?${new URLSearchParams({ user: this.user })}`);
    this.source = source;
    source.onopen = () => linked(true);
    source.onmessage = (event) => {
      if (!NOT_MINE.has(JSON.parse(event.data).type)) changed();
    };
    source.onerror = () => {
      linked(false);
      if (source.readyState !== EventSource.CLOSED || this.source !== source) return;
      this.timer = setTimeout(() => this.watch(changed, linked), RECONNECT);
    };
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  async #post(path, options) {
    const answer = await fetch(`${this.root}/${path}`, { method: "POST", ...options });
    if (answer.ok) return answer.json();
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.error ?? `HTTP ${answer.status}`);
  }
}
