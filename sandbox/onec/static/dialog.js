// A form over the window: it keeps the focus, Escape closes it, and the focus goes back where it was.
import { alertLine, el, fresh } from "./dom.js";

/** {title, content, action, send() -> Promise of the words to say after}; `send` throws to stay open. */
export function openForm(host, { title, content, action, send, done }) {
  const heading = fresh("dialog");
  const { line, say } = alertLine();
  const button = el("button", { class: "c1-main", type: "submit" }, action);
  const close = el("button", { class: "c1-close", type: "button", "aria-label": "Закрити" }, "×");
  const cancel = el("button", { type: "button" }, "Не треба");
  const form = el(
    "form",
    { class: "c1-form", method: "dialog" },
    el("header", {}, el("h3", { id: heading }, title), close),
    el("div", { class: "c1-form-body" }, ...content, line),
    el("footer", {}, cancel, button),
  );
  const dialog = el("dialog", { class: "c1-dialog", "aria-labelledby": heading }, form);
  const shut = () => dialog.close();
  close.addEventListener("click", shut);
  cancel.addEventListener("click", shut);
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    button.disabled = true;
    try {
      const result = await send();
      shut();
      done?.(result);
    } catch (trouble) {
      say(trouble.message);
    } finally {
      button.disabled = false;
    }
  });
  host.append(dialog);
  dialog.showModal();
  return { say };
}
