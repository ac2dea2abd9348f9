// Short notices in the corner; they go by themselves, unless somebody is reading them.
import { make } from "./dom.js";

const STAYS = 7000;
const AT_MOST = 3;

/** {title, text, action?: {label, run}}; gives back what takes the notice away. */
export function toast({ title, text, action }) {
  const box = document.getElementById("toasts");
  const close = make("button", { class: "quiet close", type: "button", "aria-label": "Закрити" }, "×");
  const card = make("div", { class: "toast" }, make("p", { class: "toast-title" }, title), make("p", { class: "toast-text" }, text));
  const drop = () => card.remove();
  if (action) {
    const button = make("button", { class: "quiet", type: "button" }, action.label);
    button.addEventListener("click", () => {
      action.run();
      drop();
    });
    card.append(button);
    card.classList.add("has-action");
  }
  close.addEventListener("click", drop);
  card.append(close);
  box.append(card);
  while (box.children.length > AT_MOST) box.firstElementChild.remove();
  const leave = () => (card.matches(":hover, :focus-within") ? setTimeout(leave, STAYS) : drop());
  setTimeout(leave, STAYS);
  return drop;
}
