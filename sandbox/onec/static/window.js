// The window of a 1C base: its switch, its documents as they arrive, and what a person does there.
import { DocumentForm } from "./document.js";
import { el } from "./dom.js";
import { DocumentList } from "./list.js";
import { openPhoneOrder } from "./phone-order.js";
import { openPrice } from "./price.js";
import { Wire } from "./wire.js";
import { hryvnias, KINDS, profile, title } from "./words.js";

/** Draws it into `host`; `base` is where the sandbox answers. `notify({title, text})` hears what was done here,
    `arrived(document)` of each new document. */
export async function mount(host, { base, notify = () => {}, arrived = () => {} }) {
  const wire = new Wire(base);
  let kind = "order";
  let on = true;
  let known = new Map();
  let stop = () => {};

  const form = new DocumentForm(wire, {
    back: () => {
      const ref = form.ref;
      close();
      list.focus(ref);
    },
    changed: async (answer) => {
      take(answer.document ?? answer);
      await refreshState();
    },
  });
  const list = new DocumentList((document) => {
    form.show(known.get(document.ref) ?? document);
    list.choose(document.ref);
    node.classList.add("has-document");
    if (getComputedStyle(form.back).display !== "none") form.focus();
  });
  const close = () => {
    node.classList.remove("has-document");
    list.choose(null);
    form.empty();
  };

  const top = header({
    power: () => switchPower(),
    phone: () => openPhoneOrder(node, wire, entered),
    price: () => openPrice(node, wire, priced),
  });
  const filter = kinds((chosen) => {
    side.dataset.kind = kind = chosen;
    close();
    load();
  });
  const note = el("div", { class: "c1-state", role: "status" });
  const columns = el("div", { class: "c1-columns", "aria-hidden": "true" }, ...COLUMNS.map((word) => el("span", {}, word)));
  const side = el("div", { class: "c1-side" }, filter, note, el("div", { class: "c1-scroll" }, columns, list.node));
  const split = el("div", { class: "c1-split" }, side, form.node);
  const node = el("section", { class: "c1-window", "aria-label": "Вікно 1С" }, top.node, top.banner, split);
  host.replaceChildren(node);

  function entered(answer) {
    const document = answer.document ?? answer;
    take(document);
    notify({ title: "1С: проведено", text: `${title(document)}, ${document.counterparty}` });
  }

  function priced({ article, type, price }) {
    notify({ title: `1С: нова ціна, ${type}`, text: `${article.name}: ${hryvnias(price)}` });
  }

  /** A document that is new or has changed. */
  function take(document) {
    if (!document?.ref) return;
    known.set(document.ref, document);
    if (document.ref === form.ref) form.show(document);
    if (document.kind !== kind) return;
    list.put(document);
    say("");
  }

  function say(words, again) {
    note.hidden = !words;
    columns.hidden = Boolean(words);
    note.replaceChildren(...(words ? [el("p", {}, words)] : []));
    if (again) note.append(el("button", { type: "button", onclick: again }, "Спробувати ще раз"));
  }

  async function refreshState() {
    const state = await wire.get("/state");
    on = state.on;
    list.now = state.now;
    top.show(state);
    node.classList.toggle("is-off", !on);
    return state;
  }

  async function switchPower() {
    try {
      await wire.post("/power", { on: !on, mode: "drop" });
      await refreshState();
    } catch (trouble) {
      notify({ title: "1С", text: trouble.message });
    }
  }

  async function load() {
    const asked = kind;
    list.fill([], "");
    say("Завантажуємо документи…");
    stop();
    try {
      const state = await refreshState();
      const { documents, last } = await wire.get(...(kind === "contract" ? ["/contracts"] : ["/documents", { kind }]));
      if (asked !== kind) return;
      known = new Map(documents.map((document) => [document.ref, document]));
      list.fill(documents, state.now);
      say(documents.length ? "" : EMPTY[kind]);
      stop = wire.watch(last, heard, load);
    } catch (trouble) {
      say(trouble.message, load);
    }
  }

  function heard(event) {
    event.contracts?.forEach(take);
    if (!event.document) return;
    take(event.document);
    if (event.action === "created") arrived(event.document);
  }

  const seen = () => refreshState().catch(() => {});
  window.addEventListener("focus", seen);
  await load();
  return () => {
    window.removeEventListener("focus", seen);
    stop();
    host.replaceChildren();
  };
}

const COLUMNS = ["Номер", "Коли", "Клієнт", "Сума", "Стан", "Звідки"];
const OFF = "База вимкнена. Komora й далі приймає замовлення; вони з’являться тут, щойно ви її ввімкнете.";
const EMPTY = {
  order: "Замовлень ще немає. Замовте щось із телефона — документ з’явиться тут.",
  shipment: "Відвантажень ще немає. Відкрийте замовлення й натисніть «Відвантажити».",
  payment: "Оплат ще немає.",
  contract: "Договорів ще немає. Підписаний у Вчасно договір з’явиться тут.",
};

/** The base's name, its switch, the two things one can enter; `show(state)` keeps it true. */
function header({ power, phone, price }) {
  const words = el("span", {}, "База працює");
  const flip = el(
    "button",
    { class: "c1-switch", type: "button", role: "switch", "aria-checked": "true", "aria-label": "База працює", onclick: power },
    el("i", { "aria-hidden": "true" }),
    words,
  );
  const name = el("p", { class: "c1-name-of-base" }, "1С");
  const banner = el("p", { class: "c1-banner", role: "status", hidden: true }, OFF);
  const node = el(
    "header",
    { class: "c1-top" },
    el("div", { class: "c1-who" }, name, flip),
    el(
      "div",
      { class: "c1-tools" },
      el("button", { class: "c1-main", type: "button", onclick: phone }, "Замовлення телефоном"),
      el("button", { type: "button", onclick: price }, "Змінити ціну"),
    ),
  );
  const show = (state) => {
    name.textContent = profile(state.profile);
    words.textContent = state.on ? "База працює" : "База вимкнена";
    flip.setAttribute("aria-checked", String(state.on));
    banner.hidden = state.on;
  };
  return { node, banner, show };
}

/** Which documents the list shows. */
function kinds(chosen) {
  const buttons = Object.entries(KINDS).map(([kind, word], index) =>
    el("button", { type: "button", "aria-pressed": String(index === 0), "data-kind": kind }, word));
  const node = el("div", { class: "c1-kinds", role: "group", "aria-label": "Які документи показати" }, ...buttons);
  node.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    chosen(button.dataset.kind);
  });
  return node;
}
