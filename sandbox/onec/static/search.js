// A field that finds something in the base as one types: the arrows walk, Enter takes, Escape closes.
import { el, fresh } from "./dom.js";

const PAUSE = 160;

/** {label, find(text) -> Promise<items>, show(item) -> nodes, name(item), taken(item)}. */
export function search({ label, placeholder, find, show, name, taken }) {
  const listId = fresh("found");
  const input = el("input", {
    id: fresh("search"), type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder,
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
  });
  const list = el("ul", { class: "c1-found", id: listId, role: "listbox", "aria-label": label, hidden: true });
  const node = el("div", { class: "c1-field c1-search" }, el("label", { for: input.id }, label), input, list);
  let items = [];
  let active = -1;
  let timer = 0;
  let turn = 0;

  const close = () => {
    turn += 1;
    clearTimeout(timer);
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (index) => {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === index));
    const option = list.children[index];
    if (!option?.id) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (index) => {
    const item = items[index];
    if (!item) return;
    input.value = name(item);
    close();
    taken(item);
  };
  const open = (content) => {
    list.replaceChildren(...content);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const note = (words) => {
    items = [];
    open([el("li", { class: "c1-note" }, words)]);
  };
  const look = async () => {
    const mine = ++turn;
    try {
      const found = await find(input.value.trim());
      if (mine !== turn) return;
      if (!found.length) return note("Нічого не знайдено");
      items = found;
      open(found.map((item, index) => {
        const option = el("li", { id: `${listId}-${index}`, role: "option", "aria-selected": "false" }, ...show(item));
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(index));
        return option;
      }));
      point(0);
    } catch (trouble) {
      if (mine === turn) note(trouble.message);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => list.hidden && look());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) look();
    else if (step && items.length) point((active + step + items.length) % items.length);
    else if (event.key === "Enter" && !list.hidden) take(active);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { node, input, clear: () => (input.value = "") };
}
