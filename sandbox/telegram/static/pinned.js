// The pinned message under the header: the newest of the conversation that is shown.
import { icon, make } from "./dom.js";

export class Pinned {
  /** `find(id)` brings the message into view. */
  constructor(find) {
    this.words = make("span", { class: "tg-pinned-words" });
    this.element = make(
      "button",
      { type: "button", class: "tg-pinned", hidden: true, "aria-label": "Закріплене повідомлення", onclick: () => find(this.id) },
      icon("pin"),
      make("span", { class: "tg-pinned-lines" }, make("b", {}, "Закріплене повідомлення"), this.words),
    );
  }

  show(ids, messages) {
    const found = [...ids].reverse().map((id) => messages.find((one) => one.message_id === id)).find(Boolean);
    this.element.hidden = !found;
    this.id = found?.message_id;
    this.words.textContent = (found?.text ?? found?.caption ?? "Файл").split("\n").filter(Boolean).slice(0, 2).join(" · ");
  }
}
