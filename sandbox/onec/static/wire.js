// The control side of the base: plain JSON, one live stream.

/** The base said no, or nothing at all; the message is for people. */
export class Trouble extends Error {}

const NO_ANSWER = "Пісочниця 1С не відповідає. Перевірте, чи працює main.py.";

export class Wire {
  constructor(base) {
    this.root = `${base}/_control`;
  }

  get(path, query = {}) {
    const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
    return this.#call(`${path}${asked.size ? `?${asked}` : ""}`, {});
  }

  post(path, body = {}) {
    const headers = { "Content-Type": "application/json" };
    return this.#call(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  /** Calls `changed(event)` for each change, `again()` when the stream has begun (anew) or the base was emptied. */
  watch(after, changed, again) {
    const stream = new EventSource(`${this.root}/events?after=${after}`);
    let begun = false;
    stream.addEventListener("open", () => {
      if (begun) again();
      begun = true;
    });
    stream.addEventListener("change", (event) => changed(JSON.parse(event.data)));
    stream.addEventListener("reset", again);
    return () => stream.close();
  }

  async #call(path, options) {
    let response;
    try {
      response = await fetch(`${this.root}${path}`, options);
    } catch {
      throw new Trouble(NO_ANSWER);
    }
    const text = await response.text();
    const body = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {};
    if (!response.ok) throw new Trouble(typeof body.error === "string" ? body.error : `База відмовила (${response.status}).`);
    return body;
  }
}
