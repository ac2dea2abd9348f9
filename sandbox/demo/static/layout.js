// Panels side by side on a wide screen, tabs at the bottom on a narrow one.
import { make } from "./dom.js";

const WIDE = matchMedia("(min-width: 1100px)");

export class Layout {
  #stage;
  #tabs;
  #panels = new Map();
  #active = null;

  constructor(stage, tabs) {
    this.#stage = stage;
    this.#tabs = tabs;
    this.#tabs.addEventListener("keydown", (event) => this.#move(event));
    WIDE.addEventListener("change", () => this.#arrange());
  }

  /** A panel by its module {id, title, place}: place is "phone", "side" or "more". */
  add({ id, title, place }) {
    const badge = make("span", { class: "badge", hidden: "" });
    const tabBadge = make("span", { class: "badge", hidden: "" });
    const heading = make("h2", { id: `title-${id}` }, title, badge);
    const head = make("div", { class: "panel-head" }, heading);
    const body = make("div", { class: "panel-body" });
    const section = make("section", { class: `panel panel-${place}`, id: `panel-${id}` }, head, body);
    const tab = make("button", { id: `tab-${id}`, type: "button" }, make("span", {}, title), tabBadge);
    tab.addEventListener("click", () => this.show(id));
    this.#stage.append(section);
    this.#tabs.append(tab);
    const panel = { id, section, tab, badges: [badge, tabBadge], shown: [] };
    this.#panels.set(id, panel);
    return {
      body,
      head,
      show: () => this.show(id),
      isShown: () => WIDE.matches || this.#active === id,
      onShown: (listener) => panel.shown.push(listener),
      setUnread: (count) => setUnread(panel.badges, count),
    };
  }

  ready() {
    this.#active = this.#panels.keys().next().value ?? null;
    this.#arrange();
  }

  show(id) {
    this.#active = id;
    this.#arrange();
    const panel = this.#panels.get(id);
    if (WIDE.matches) panel.section.scrollIntoView({ block: "nearest" });
    else this.#tabs.scrollLeft = panel.tab.offsetLeft - (this.#tabs.clientWidth - panel.tab.offsetWidth) / 2;
    for (const listener of panel.shown) listener();
  }

  #arrange() {
    set(this.#tabs, { role: WIDE.matches ? null : "tablist" });
    for (const { id, section, tab } of this.#panels.values()) {
      const active = id === this.#active;
      set(section, WIDE.matches
        ? { role: null, "aria-labelledby": `title-${id}`, "data-active": null }
        : { role: "tabpanel", "aria-labelledby": `tab-${id}`, "data-active": active });
      set(tab, { role: "tab", "aria-selected": active, "aria-controls": `panel-${id}`, tabindex: active ? 0 : -1 });
    }
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const ids = [...this.#panels.keys()];
    const next = ids[(ids.indexOf(this.#active) + step + ids.length) % ids.length];
    this.show(next);
    this.#panels.get(next).tab.focus();
    event.preventDefault();
  }
}

function setUnread(badges, count) {
  for (const badge of badges) {
    badge.hidden = count === 0;
    badge.replaceChildren();
    if (count === 0) continue;
    badge.append(make("span", { "aria-hidden": "true" }, count > 99 ? "99+" : String(count)));
    badge.append(make("span", { class: "sr-only" }, ` непрочитаних: ${count}`));
  }
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}
