// One document: its head, its rows, and what a person of the wholesaler does with it.
import { alertLine, el } from "./dom.js";
import { contractSheet } from "./contract.js";
import { moment, money, purpose, quantity, source, state, title, total, typed } from "./words.js";

const OPEN_STATES = ["new", "accepted"];

export class DocumentForm {
  #document = null;
  #edited = new Map();
  #alert = alertLine();

  constructor(wire, { back, changed }) {
    this.wire = wire;
    this.changed = changed;
    this.node = el("article", { class: "c1-doc", "aria-label": "Документ" });
    this.back = el("button", { class: "c1-back", type: "button", onclick: back }, "До списку");
    this.empty();
  }

  get ref() {
    return this.#document?.ref ?? null;
  }

  empty() {
    this.#document = null;
    this.#edited.clear();
    this.node.replaceChildren(el("p", { class: "c1-empty" }, "Виберіть документ у списку, щоб побачити його рядки."));
  }

  /** Shows it; what somebody has typed into the same document stays. */
  show(document) {
    if (document.ref !== this.ref) {
      this.#edited.clear();
      this.#alert.say("");
    }
    this.#document = document;
    const place = this.#focusPlace();
    if (document.kind === "contract") {
      this.node.replaceChildren(this.back, ...contractSheet(document));
    } else {
      this.node.replaceChildren(this.back, this.#head(), this.#rows(), this.#foot());
      this.#noteEdits();
    }
    if (place) this.node.querySelector(place)?.focus();
  }

  focus() {
    this.node.querySelector("h3")?.focus();
  }

  get #canChange() {
    return this.#document.kind === "order" && !this.#document.marked && OPEN_STATES.includes(this.#document.state);
  }

  #head() {
    const document = this.#document;
    const { name, word } = state(document);
    const from = source(document);
    const facts = [
      ["Дата", moment(document.date)],
      ["Номер у Komora", document.external_number],
      ["Призначення", document.purpose],
      ["Коментар", document.comment],
    ].filter(([, value]) => value);
    return el(
      "header",
      { class: "c1-doc-head" },
      el("h3", { tabindex: "-1" }, title(document).replace("-", "\u2011")),
      el("p", { class: "c1-doc-client" }, document.counterparty || "Без клієнта"),
      el(
        "p",
        { class: "c1-doc-chips" },
        el("span", { class: "c1-chip", "data-state": name }, word),
        el("span", { class: "c1-posted" }, document.posted ? "Проведено" : "Не проведено"),
        from ? el("span", { class: "c1-from", "data-from": document.from_site ? "komora" : "phone" }, from) : null,
      ),
      el("dl", { class: "c1-facts" }, ...facts.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
    );
  }

  #rows() {
    const { lines = [], parts = [] } = this.#document;
    if (!lines.length && !parts.length) {
      return el("div", { class: "c1-rows" }, el("p", { class: "c1-empty" }, "У документі немає рядків."));
    }
    const words = parts.length ? ["№", "За що", "Сума"] : ["№", "Товар", "Кількість", "Ціна", "Сума"];
    const head = words.map((word) => el("th", { scope: "col" }, word));
    const body = parts.length
      ? parts.map((part, index) => this.#part(part, index + 1))
      : lines.map((line, index) => this.#line(line, index + 1));
    return el(
      "div",
      { class: "c1-rows", tabindex: "0", role: "region", "aria-label": "Рядки документа" },
      el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
    );
  }

  /** What a part of a payment is for. */
  #part(part, number) {
    return el(
      "tr",
      {},
      el("td", { class: "c1-n" }, String(number)),
      el("td", { class: "c1-name" }, purpose(part)),
      el("td", { class: "c1-a" }, money(part.amount)),
    );
  }

  #line(line, number) {
    return el(
      "tr",
      {},
      el("td", { class: "c1-n" }, String(number)),
      el("td", { class: "c1-name" }, line.name || "Невідомий товар"),
      el("td", { class: "c1-q" }, this.#canChange ? this.#quantityField(line, number) : quantity(line.quantity)),
      el("td", { class: "c1-p" }, money(line.price)),
      el("td", { class: "c1-a" }, money(line.amount)),
    );
  }

  #quantityField(line, number) {
    const input = el("input", {
      type: "text", inputmode: "decimal", "data-line": number, maxlength: "12",
      "aria-label": `Кількість, рядок ${number}: ${line.name}`,
    });
    input.value = this.#edited.get(number) ?? quantity(line.quantity);
    input.addEventListener("input", () => {
      if (typed(input.value) !== null && Number(typed(input.value)) === Number(line.quantity)) this.#edited.delete(number);
      else this.#edited.set(number, input.value);
      this.#noteEdits();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#save();
    });
    return input;
  }

  #foot() {
    const document = this.#document;
    const can = this.#canChange;
    const act = (path, body) => () => this.#act(() => this.wire.post(`/documents/${document.ref}/${path}`, body));
    this.save = el("button", { class: "c1-main", type: "button", hidden: true, onclick: () => this.#save() }, "Записати");
    const buttons = [
      this.save,
      !document.posted && !document.marked && document.state !== "cancelled"
        ? el("button", { type: "button", "data-act": "post", onclick: act("post") }, "Провести")
        : null,
      can ? el("button", { type: "button", "data-act": "ship", onclick: act("state", { state: "shipped" }) }, "Відвантажити") : null,
      can
        ? el("button", { class: "c1-danger", type: "button", onclick: act("state", { state: "cancelled" }) }, "Скасувати")
        : null,
    ];
    return el(
      "footer",
      { class: "c1-doc-foot" },
      el("p", { class: "c1-total" }, el("span", {}, "Разом"), el("b", {}, total(document))),
      this.#alert.line,
      el("div", { class: "c1-buttons" }, ...buttons),
    );
  }

  #noteEdits() {
    if (this.save) this.save.hidden = this.#edited.size === 0;
  }

  async #save() {
    if (!this.#edited.size) return;
    const lines = [...this.#edited].map(([line, text]) => ({ line, quantity: typed(text) }));
    const wrong = lines.find((one) => one.quantity === null);
    if (wrong) {
      this.#alert.say(`Рядок ${wrong.line}: кількість має бути числом, більшим за нуль.`);
      this.node.querySelector(`[data-line="${wrong.line}"]`)?.focus();
      return;
    }
    await this.#act(async () => {
      const changed = await this.wire.post(`/documents/${this.ref}/lines`, { lines });
      this.#edited.clear();
      return changed;
    });
  }

  /** Does it with the buttons at rest; the answer is the document or holds it. */
  async #act(work) {
    this.#alert.say("");
    const buttons = [...this.node.querySelectorAll(".c1-buttons button")];
    buttons.forEach((button) => (button.disabled = true));
    try {
      await this.changed(await work());
    } catch (trouble) {
      this.#alert.say(trouble.message);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  }

  /** Where the focus is, told so that it can be found in the document drawn anew. */
  #focusPlace() {
    const held = this.node.contains(window.document.activeElement) ? window.document.activeElement : null;
    if (!held) return null;
    return held.dataset.line ? `[data-line="${held.dataset.line}"]` : "h3";
  }
}
