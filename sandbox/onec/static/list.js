// The list of documents, newest first: one button a document, the arrows walk as in a list of 1C.
import { el } from "./dom.js";
import { dated, number, source, state, total } from "./words.js";

const KEPT = 200;

export class DocumentList {
  #rows = new Map();
  #current = null;

  /** `open(document)` is called for a chosen one. */
  constructor(open) {
    this.open = open;
    this.node = el("ol", { class: "c1-list", "aria-label": "Документи, найновіші вгорі" });
    this.node.addEventListener("keydown", (event) => this.#walk(event));
  }

  get size() {
    return this.#rows.size;
  }

  /** All of them anew; `now` is the base's time. */
  fill(documents, now) {
    this.now = now;
    this.#rows.clear();
    this.node.replaceChildren(...documents.map((document) => this.#row(document)));
    this.choose(this.#current);
  }

  /** One that is new or has changed; a new one comes to the top and is lit for a while. */
  put(document) {
    const known = this.#rows.get(document.ref);
    const item = this.#row(document);
    if (known) {
      const focused = known.contains(window.document.activeElement);
      known.replaceWith(item);
      if (focused) item.firstElementChild.focus();
    } else {
      this.node.prepend(item);
      this.#trim();
      item.classList.add("is-new");
    }
    this.choose(this.#current);
  }

  choose(ref) {
    this.#current = ref;
    for (const [one, item] of this.#rows) {
      if (one === ref) item.firstElementChild.setAttribute("aria-current", "true");
      else item.firstElementChild.removeAttribute("aria-current");
    }
  }

  focus(ref) {
    this.#rows.get(ref)?.firstElementChild.focus();
  }

  #row(document) {
    const { name, word } = state(document);
    const from = source(document);
    const button = el(
      "button",
      { class: "c1-row", type: "button", onclick: () => this.open(document) },
      el("span", { class: "c1-number" }, number(document)),
      el("time", { class: "c1-when", datetime: document.date }, dated(document, this.now)),
      el("span", { class: "c1-client" }, document.counterparty || "Без клієнта"),
      el("span", { class: "c1-sum" }, total(document)),
      el("span", { class: "c1-chip", "data-state": name }, word),
      el("span", { class: "c1-from", "data-from": document.from_site ? "komora" : "phone" }, from),
    );
    const item = el("li", {}, button);
    this.#rows.set(document.ref, item);
    return item;
  }

  #trim() {
    if (this.node.children.length <= KEPT) return;
    const last = this.node.lastElementChild;
    last.remove();
    for (const [ref, item] of this.#rows) if (item === last) this.#rows.delete(ref);
  }

  #walk(event) {
    const item = event.target.closest("li");
    const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    const edge = { Home: this.node.firstElementChild, End: this.node.lastElementChild }[event.key];
    const to = next ?? edge;
    if (!to) return;
    event.preventDefault();
    to.firstElementChild.focus();
  }
}
