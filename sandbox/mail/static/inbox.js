// Letters newest first, and beside them the one that is open; on a narrow place one at a time.
import { make, opened } from "./letter.js";

const KEPT = 200;

/** `base` is where the sandbox answers; `arrived(letter)` is told of each new one, `read()` when somebody looks. */
export async function mount(place, { base, arrived = () => {}, read = () => {} }) {
  const empty = make("p", { class: "empty" }, "Поки що порожньо. Сюди прийдуть листи, які надішле бот.");
  const list = make("ol", { class: "mail-list", "aria-label": "Листи, найновіші вгорі" });
  const reader = make("section", { class: "mail-reader", "aria-label": "Лист", tabindex: "-1" });
  const inbox = make("div", { class: "mail" }, list, reader);
  place.append(empty, inbox);
  const letters = new Map();

  const close = () => {
    inbox.classList.remove("is-reading");
    const current = list.querySelector("[aria-current]");
    current?.removeAttribute("aria-current");
    reader.replaceChildren(make("p", { class: "empty" }, "Оберіть лист."));
    return current;
  };
  let wanted = 0;
  const open = async (id) => {
    wanted = id;
    const answer = await fetch(`${base}/_control/messages/${id}`);
    if (!answer.ok || wanted !== id) return;
    const letter = await answer.json();
    close();
    const row = letters.get(id);
    row?.classList.remove("is-new");
    row?.querySelector(".mail-new")?.remove();
    row?.firstElementChild.setAttribute("aria-current", "true");
    const back = make("button", { class: "mail-back", type: "button" }, "← Усі листи");
    back.addEventListener("click", () => close()?.focus());
    reader.replaceChildren(back, ...opened(letter, base));
    inbox.classList.add("is-reading");
    reader.scrollTop = 0;
    reader.focus({ preventScroll: true });
  };
  const show = (letter, isNew) => {
    const row = make("li", { class: isNew ? "is-new" : "" }, summary(letter, isNew, open));
    letters.set(letter.id, row);
    list.prepend(row);
    while (list.children.length > KEPT) list.lastElementChild.remove();
    refresh();
  };
  const refresh = () => {
    empty.hidden = list.children.length > 0;
    inbox.hidden = !empty.hidden;
  };

  close();
  const known = (await (await fetch(`${base}/_control/messages`)).json()).messages;
  known.forEach((letter) => show(letter, false));
  refresh();
  const stream = new EventSource(`${base}/_control/events?after=${known.at(-1)?.id ?? 0}`);
  stream.addEventListener("message", (event) => {
    const letter = JSON.parse(event.data);
    show(letter, true);
    arrived(letter, () => open(letter.id));
  });
  stream.addEventListener("reset", () => {
    list.replaceChildren();
    letters.clear();
    close();
    refresh();
    read();
  });
  for (const touch of ["pointerdown", "pointerenter", "focusin"]) place.addEventListener(touch, () => read());
}

function summary(letter, isNew, open) {
  const time = new Date(letter.at).toLocaleTimeString("uk-UA", { hour: "2-digit", minute: "2-digit" });
  const files = letter.attachments.length;
  const row = make("button", { class: "mail-row", type: "button" },
    make("span", { class: "mail-line" }, make("b", {}, letter.envelope_to.join(", ")), make("time", { datetime: letter.at }, time)),
    make("span", { class: "mail-subject" }, letter.subject || "(без теми)"),
    make("span", { class: "mail-preview" }, letter.text.trim().slice(0, 160)));
  if (isNew) row.firstElementChild.prepend(make("span", { class: "mail-new" }, "нове"));
  if (files) row.append(make("span", { class: "mail-files" }, files === 1 ? letter.attachments[0].name : `Файлів: ${files}`));
  row.addEventListener("click", () => open(letter.id));
  return row;
}
