// Dialogs, menus and short notices inside the phone.

import { el, icon } from "./dom.js";

/** A layer over `screen`; while a dialog is open everything under it is inert. */
export class Dialogs {
  constructor(screen, under) {
    this.layer = el("div", { class: "vb-layer", hidden: true });
    this.notice = el("div", { class: "vb-notice", role: "alert" });
    this.under = under;
    screen.append(this.notice, this.layer);
  }

  /** Ask; resolves to true when agreed. */
  confirm(title, text, yes) {
    return this.show((close) => [
      el("h2", {}, title),
      text ? el("p", {}, text) : null,
      row(choice("Скасувати", () => close(false)), choice(yes, () => close(true), "vb-main")),
    ]);
  }

  /** A short form; resolves to the values by name, or null. */
  form(title, fields, yes) {
    return this.show((close) => {
      const inputs = fields.map(({ label, ...field }) => el("input", { class: "vb-field", required: true, maxLength: 60, ...field }));
      const labels = inputs.map((input, index) => el("label", {}, fields[index].label, input));
      const submit = (event) => {
        event.preventDefault();
        close(Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()])));
      };
      const buttons = row(choice("Скасувати", () => close(null)), el("button", { type: "submit", class: "vb-choice vb-main" }, yes));
      return [el("h2", {}, title), el("form", { onsubmit: submit }, ...labels, buttons)];
    });
  }

  /** A menu from the bottom; resolves when one of [icon, words, act] is chosen and done, or the menu is left. */
  async menu(title, items) {
    const chosen = await this.show((close) => [
      el("h2", { class: "vb-hidden" }, title),
      ...items.map(([name, words, act]) =>
        el("button", { type: "button", class: "vb-menu-item", onclick: () => close(act) }, icon(name), words),
      ),
    ], "vb-sheet");
    if (chosen) await chosen();
  }

  say(text) {
    this.notice.textContent = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.notice.textContent = "";
    }, 4000);
  }

  show(build, className = "") {
    this.leave?.(null);
    const before = document.activeElement;
    return new Promise((resolve) => {
      const close = (value) => {
        this.leave = null;
        this.layer.hidden = true;
        this.layer.replaceChildren();
        this.under.inert = false;
        before?.focus?.({ preventScroll: true });
        resolve(value);
      };
      const box = el("div", { class: `vb-dialog ${className}`, role: "dialog", "aria-modal": "true" });
      box.append(...build(close).filter(Boolean));
      box.setAttribute("aria-label", box.querySelector("h2").textContent);
      box.addEventListener("keydown", (event) => event.key === "Escape" && close(null));
      this.layer.onclick = (event) => event.target === this.layer && close(null);
      this.leave = close;
      this.under.inert = true;
      this.layer.replaceChildren(box);
      this.layer.hidden = false;
      box.querySelector("input, .vb-main, button").focus({ preventScroll: true });
    });
  }
}

function row(...buttons) {
  return el("div", { class: "vb-choices" }, ...buttons);
}

function choice(words, onclick, extra = "") {
  return el("button", { type: "button", class: `vb-choice ${extra}`, onclick }, words);
}
