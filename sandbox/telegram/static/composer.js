// The bottom of the screen: START, the field to write in, files, the bot's keyboard.
import { icon, make } from "./dom.js";

const LONGEST = 4096;

export class Composer {
  /** `acts`: start, restart, say(text), cancel, attach, commands, shareContact, unsupported(what). */
  constructor(acts) {
    this.acts = acts;
    this.keyboard = null;
    this.shown = true;
    this.field = make("textarea", { class: "tg-field", rows: "1", placeholder: "Повідомлення", "aria-label": "Повідомлення" });
    this.send = this.#button("tg-send", "Надіслати", "send", () => this.#submit());
    this.attach = this.#button("tg-tool", "Додати файл", "attach", acts.attach);
    this.toggle = this.#button("tg-tool", "Клавіатура бота", "keys", () => this.#toggleKeys());
    this.commands = make(
      "button",
      { type: "button", class: "tg-commands", hidden: true, onclick: acts.commands },
      icon("menu"),
      make("span", {}, "Меню"),
    );
    this.row = make("div", { class: "tg-compose" }, this.commands, this.#box(), this.send);
    this.title = make("b", {});
    this.words = make("span", {});
    const drop = this.#button("tg-tool", "Скасувати", "close", acts.cancel);
    this.about = make("div", { class: "tg-about", hidden: true }, make("p", {}, this.title, this.words), drop);
    this.big = make("button", { type: "button", class: "tg-big", hidden: true });
    this.keys = make("div", { class: "tg-reply-keys", role: "group", "aria-label": "Клавіатура бота", hidden: true });
    this.element = make("div", { class: "tg-bottom" }, this.about, this.row, this.big, this.keys);
    this.field.addEventListener("input", () => this.#grow());
    this.field.addEventListener("keydown", (event) => this.#typed(event));
    this.#grow();
  }

  #box() {
    return make("div", { class: "tg-field-box" }, this.field, this.toggle, this.attach);
  }

  #button(className, words, drawing, act) {
    return make("button", { type: "button", class: className, "aria-label": words, title: words, onclick: act }, icon(drawing));
  }

  /** The state of the chat: fresh (nobody wrote yet), blocked, gone or open. */
  setState(state) {
    const words = { fresh: "Розпочати", blocked: "Перезапустити бота" }[state];
    const focused = this.element.contains(document.activeElement);
    this.state = state;
    this.row.hidden = state !== "open";
    this.big.hidden = !words;
    this.big.textContent = words ?? "";
    this.big.onclick = state === "fresh" ? this.acts.start : this.acts.restart;
    this.#showKeys();
    if (focused && state === "open" && !this.element.contains(document.activeElement)) this.field.focus();
  }

  /** {title, text, fill?}: what the next text answers, or what it replaces. */
  setAbout(about) {
    const filled = this.filled;
    this.filled = Boolean(about?.fill);
    this.about.hidden = !about;
    this.title.textContent = about?.title ?? "";
    this.words.textContent = about?.text ?? "";
    if (about?.fill || filled) this.field.value = about?.fill ?? "";
    this.#grow();
    if (about) this.field.focus();
  }

  setCommands(commands) {
    this.commands.hidden = commands.length === 0;
  }

  setKeyboard(keyboard) {
    if (JSON.stringify(keyboard) === JSON.stringify(this.keyboard)) return;
    this.keyboard = keyboard;
    this.shown = true;
    this.keys.replaceChildren(
      ...(keyboard?.keyboard ?? []).map((row) =>
        make("div", { class: "tg-key-row" }, ...row.map((button) => this.#key(button))),
      ),
    );
    this.keys.classList.toggle("tg-tall", Boolean(keyboard) && !keyboard.resize_keyboard);
    this.field.placeholder = keyboard?.input_field_placeholder || "Повідомлення";
    this.#showKeys();
  }

  #key(button) {
    const style = `tg-reply-key${button.style ? ` tg-key-${button.style}` : ""}`;
    return make("button", { type: "button", class: style, onclick: () => this.#press(button) }, button.text);
  }

  #press(button) {
    if (button.request_contact) this.acts.shareContact();
    else if (button.request_location) this.acts.unsupported("місцем");
    else if (button.web_app || button.request_users || button.request_chat || button.request_poll)
      this.acts.unsupported("цим");
    else this.acts.say(button.text);
    if (this.keyboard?.one_time_keyboard) this.#toggleKeys();
  }

  #toggleKeys() {
    this.shown = !this.shown;
    this.#showKeys();
    if (!this.shown) this.field.focus();
  }

  #showKeys() {
    const has = Boolean(this.keyboard) && this.state === "open";
    this.keys.hidden = !has || !this.shown;
    this.toggle.hidden = !has || Boolean(this.keyboard.is_persistent);
    this.toggle.replaceChildren(icon(this.shown ? "keyboard" : "keys"));
    this.toggle.setAttribute("aria-expanded", String(this.shown));
  }

  #typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#grow();
    for (let at = 0; at < text.length; at += LONGEST) this.acts.say(text.slice(at, at + LONGEST));
    this.field.focus();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 132)}px`;
    this.send.disabled = !this.field.value.trim();
    this.row.classList.toggle("tg-writing", !this.send.disabled);
  }
}
