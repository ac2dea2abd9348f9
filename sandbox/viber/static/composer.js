// The line under the chat: attach, write, send, and the icon that closes and opens the bot's keyboard.

import { el, icon, iconButton } from "./dom.js";

const LONGEST = 7000;

/** The input line; `acts` has say(text), attach(), toggle() and unblock(). */
export class Composer {
  constructor(acts) {
    this.acts = acts;
    this.minimized = false;
    this.input = el("textarea", {
      class: "vb-input", rows: 1, maxLength: LONGEST, placeholder: "Повідомлення…", "aria-label": "Повідомлення",
      oninput: () => this.#grow(),
      onkeydown: (event) => this.#key(event),
    });
    this.attach = iconButton("plus", "Прикріпити", () => acts.attach());
    this.toggle = iconButton("hide", "Сховати клавіатуру бота", () => acts.toggle());
    this.expand = iconButton("write", "Написати повідомлення", () => this.#expand());
    this.send = el("button", { type: "submit", class: "vb-send", title: "Надіслати", "aria-label": "Надіслати" }, icon("send"));
    this.node = el("form", { class: "vb-composer", onsubmit: (event) => this.#submit(event) },
      this.attach, this.expand, this.input, this.toggle, this.send);
    this.blocked = el("div", { class: "vb-blocked", hidden: true }, el("span", {}, "Ви заблокували цього бота"),
      el("button", { type: "button", class: "vb-choice vb-main", onclick: () => acts.unblock() }, "Розблокувати"));
    this.#grow();
  }

  /** Follow the keyboard panel and the subscription. */
  show(panel, blocked) {
    this.blocked.hidden = !blocked;
    this.node.hidden = blocked || (panel.inputState === "hidden" && panel.present);
    if (this.shape !== panel.shape) {
      this.shape = panel.shape;
      this.minimized = panel.inputState === "minimized";
    }
    this.node.classList.toggle("vb-minimized", this.minimized);
    this.toggle.hidden = !panel.present;
    const label = panel.open ? "Сховати клавіатуру бота" : "Показати клавіатуру бота";
    this.toggle.title = label;
    this.toggle.setAttribute("aria-label", label);
    this.toggle.setAttribute("aria-expanded", String(panel.open));
    this.toggle.replaceChildren(icon(panel.open ? "hide" : "keyboard"));
  }

  #expand() {
    this.minimized = false;
    this.node.classList.remove("vb-minimized");
    this.input.focus();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.#grow();
    this.acts.say(text);
  }

  #grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight || 36, 110)}px`;
    this.send.disabled = !this.input.value.trim();
  }
}
