// What lies over the chat: the menu, questions, alerts, toasts, a photo at full size.
import { icon, make } from "./dom.js";

const TOAST_SECONDS = 3.5;

export class Dialogs {
  /** `behind` is what cannot be reached while a dialog is open. */
  constructor(behind) {
    this.behind = behind;
    this.layer = make("div", { class: "tg-layer" });
    this.toasts = make("div", { class: "tg-toasts", role: "status", "aria-live": "polite" });
    this.open = null;
  }

  toast(text) {
    const toast = make("p", { class: "tg-toast" }, text);
    this.toasts.replaceChildren(toast);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => toast.remove(), TOAST_SECONDS * 1000);
  }

  /** Shows a text with one button; resolves when it is closed. */
  alert(title, text) {
    return this.#ask(title, [make("p", {}, text)], [["Гаразд", true]]);
  }

  /** Resolves to true for the last button. */
  confirm(title, text, yes) {
    return this.#ask(title, [make("p", {}, text)], [["Скасувати", false], [yes, true]]);
  }

  /** A file before it goes: resolves to its caption, or null. */
  async preview(title, picture, words) {
    const caption = make("input", { class: "tg-caption", placeholder: "Додати підпис…", maxlength: "1024", "aria-label": "Підпис" });
    const shown = picture ? make("img", { class: "tg-preview", src: picture, alt: words }) : make("p", {}, words);
    const sent = await this.#ask(title, [shown, caption], [["Скасувати", false], ["Надіслати", true]], caption);
    return sent ? caption.value : null;
  }

  /** One line of text: resolves to it, or to "". */
  async prompt(title, words, yes, value = "") {
    const field = make("input", { class: "tg-caption", maxlength: "128", value, placeholder: words, "aria-label": words });
    const given = await this.#ask(title, [field], [["Скасувати", false], [yes, true]], field);
    return given ? field.value.trim() : "";
  }

  #ask(title, content, buttons, focused) {
    return new Promise((resolve) => {
      const id = `tg-title-${Math.random().toString(36).slice(2)}`;
      const row = buttons.map(([words, value]) => make("button", { type: "submit", class: "tg-answer", value: String(value) }, words));
      const box = make("form", { class: "tg-dialog", role: "alertdialog", "aria-modal": "true", "aria-labelledby": id });
      box.append(make("p", { id, class: "tg-dialog-title" }, title), ...content, make("div", { class: "tg-answers" }, ...row));
      const answer = (value) => {
        this.#close();
        resolve(value);
      };
      box.addEventListener("submit", (event) => {
        event.preventDefault();
        answer(event.submitter ? event.submitter.value === "true" : true);
      });
      this.#show(box, () => answer(false));
      (focused ?? row.at(-1)).focus();
    });
  }

  /** A photo as large as the screen allows. */
  look(source, words) {
    const close = make("button", { type: "button", class: "tg-look-close", "aria-label": "Закрити фото" }, icon("close"));
    const box = make("div", { class: "tg-look", role: "dialog", "aria-modal": "true", "aria-label": words });
    box.append(make("img", { src: source, alt: words }), close);
    box.addEventListener("click", () => this.#close());
    this.#show(box, () => this.#close());
    close.focus();
  }

  /** A short list of acts, [[words, act, drawing?], …], above `anchor` or, without one, in the upper corner. */
  menu(name, items, className, anchor) {
    const list = make("div", { class: `tg-menu ${className}`, role: "menu", "aria-label": name });
    if (anchor) {
      const bottom = this.behind.getBoundingClientRect().bottom - anchor.getBoundingClientRect().top;
      list.style.bottom = `${bottom + 8}px`;
    }
    for (const [words, act, drawing] of items) {
      const choose = () => {
        this.#close();
        act();
      };
      const parts = [drawing ? icon(drawing) : null, ...[words].flat()];
      list.append(make("button", { type: "button", role: "menuitem", class: "tg-menu-item", onclick: choose }, ...parts));
    }
    list.addEventListener("keydown", (event) => this.#walk(event, list));
    this.#show(list, () => this.#close());
    list.firstElementChild.focus();
  }

  #walk(event, list) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...list.children];
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }

  #show(box, cancel) {
    this.#close();
    this.returnTo = document.activeElement;
    const shade = make("div", { class: "tg-shade" }, box);
    shade.addEventListener("click", (event) => event.target === shade && cancel());
    shade.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
    this.open = shade;
    this.behind.inert = true;
    this.layer.append(shade);
  }

  #close() {
    if (!this.open) return;
    this.open.remove();
    this.open = null;
    this.behind.inert = false;
    this.returnTo?.isConnected && this.returnTo.focus({ preventScroll: true });
  }

  close() {
    clearTimeout(this.timer);
    this.#close();
  }
}
