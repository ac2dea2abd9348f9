// The bot's keyboard under the chat: shown with the last message, closed and opened by an icon.

import { el } from "./dom.js";
import { button } from "./buttons.js";

const ROW = 46;
const WHOLE = 100;

/** Holds the keyboard of the last message; `tap(spec, index)` is called for a pressed button. */
export class Panel {
  constructor(tap, changed) {
    this.node = el("section", { class: "vb-keyboard", "aria-label": "Клавіатура бота", hidden: true });
    this.tap = tap;
    this.changed = changed;
    this.open = true;
    this.shape = "";
  }

  get present() {
    return this.shape !== "";
  }

  /** regular, minimized or hidden: what the keyboard wants of the input field. */
  get inputState() {
    return this.inputWish ?? "regular";
  }

  /** Draw the keyboard anew if it is another one; a new one opens. */
  show(keyboard, level) {
    const shape = keyboard ? JSON.stringify([keyboard, level]) : "";
    if (shape === this.shape) return;
    this.shape = shape;
    this.inputWish = keyboard?.InputFieldState;
    this.open = true;
    this.node.replaceChildren();
    if (keyboard) this.#draw(keyboard, level);
    this.#apply();
  }

  toggle() {
    this.open = !this.open;
    this.#apply();
  }

  #draw(keyboard, level) {
    const grid = el("div", { class: "vb-grid" });
    grid.style.gridTemplateColumns = `repeat(${keyboard.ButtonsGroupColumns || 6}, 1fr)`;
    grid.style.setProperty("--vb-row", `${(ROW * (keyboard.HeightScale ?? WHOLE)) / WHOLE}px`);
    grid.append(...keyboard.Buttons.map((spec, index) => button(spec, level, () => this.tap(spec, index))));
    this.node.style.backgroundColor = keyboard.BgColor ?? "";
    this.node.style.height = keyboard.CustomDefaultHeight ? `${keyboard.CustomDefaultHeight}%` : "";
    this.node.classList.toggle("vb-default-height", keyboard.DefaultHeight === true);
    this.node.classList.toggle("vb-custom-height", Boolean(keyboard.CustomDefaultHeight));
    this.node.append(grid);
    this.node.scrollTop = 0;
  }

  #apply() {
    this.node.hidden = !(this.present && this.open);
    this.changed();
  }
}
