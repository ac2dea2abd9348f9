// The service as its owner sees it: documents, whose companies are registered, letters that were sent.
import { button, make, when } from "./dom.js";
import { documentRow } from "./document-row.js";

const EMPTY = "Документів ще немає. Коли договір погодять, він з’явиться тут, а клієнт отримає лист і посилання на підпис.";
const NO_LETTERS = "Листів ще не було. Запрошення йде клієнтові, щойно документ надіслано.";
const DIRECTOR = [["by_hand", "сам, кнопкою"], ["signs", "одразу"], ["signs_and_sends", "одразу й надсилає"]];
const KEPT = 200;

/** Fills `body`; `changed(document, before)` is called when a document's state has changed. */
export async function mount(body, { base, changed = () => {} }) {
  const documents = new Map(), companies = new Map(), letters = [];
  const said = make("p", { class: "vc-said", role: "alert" });
  const own = make("div", { class: "vc-own" });
  const ask = async (method, path, fields) => {
    const answer = await fetch(`${base}/_control/${path}`, {
      method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields ?? {}),
    });
    const told = await answer.json().catch(() => ({}));
    said.textContent = answer.ok ? "" : told.error ?? "Не вийшло. Спробуйте ще раз.";
  };
  const director = make("select", { "aria-label": "Директор постачальника підписує" }, ...DIRECTOR.map(([value, words]) => make("option", { value }, words)));
  director.addEventListener("change", () => ask("POST", "settings", { director: director.value }));

  const list = (label) => make("ol", { "aria-label": label });
  const lists = { documents: list("Документи, найновіші вгорі"), companies: list("Компанії"), letters: list("Листи, найновіші вгорі") };
  const empty = { documents: make("p", { class: "vc-empty" }, EMPTY), letters: make("p", { class: "vc-empty" }, NO_LETTERS) };
  const view = make("div", { class: "vc-view", tabindex: "0" });
  const tabs = tabBar([["documents", "Документи"], ["companies", "Компанії"], ["letters", "Листи"]], (name) => {
    view.replaceChildren(...[empty[name], lists[name]].filter(Boolean));
  });
  body.append(make("div", { class: "vc-window" },
    make("div", { class: "vc-head" }, own, make("label", { class: "vc-director" }, "Директор підписує", director)), tabs, said, view));

  const draw = () => {
    const newest = [...documents.values()].reverse().slice(0, KEPT);
    lists.documents.replaceChildren(...newest.map((shown) => documentRow(shown, {
      base,
      act: (path, fields) => ask("POST", `documents/${shown.id}/${path}`, fields),
      drop: () => ask("DELETE", `documents/${shown.id}`),
    })));
    empty.documents.hidden = documents.size > 0;
    lists.companies.replaceChildren(...[...companies.values()].map((one) => companyRow(one, ask)));
    lists.letters.replaceChildren(...letters.slice(-KEPT).reverse().map(letterRow));
    empty.letters.hidden = letters.length > 0;
  };
  const apply = (event) => {
    if (event.type === "document") {
      const before = documents.get(event.document.id)?.status;
      documents.set(event.document.id, event.document);
      if (before !== event.document.status) changed(event.document, before);
    }
    if (event.type === "deleted") documents.delete(event.id);
    if (event.type === "company") companies.set(event.company.edrpou, event.company);
    if (event.type === "letter") letters.push(event.letter);
    if (event.type === "settings") director.value = event.settings.director;
    draw();
  };
  const load = async () => {
    const state = await (await fetch(`${base}/_control/state`, { cache: "no-store" })).json();
    documents.clear();
    companies.clear();
    letters.splice(0, letters.length, ...state.letters);
    for (const one of state.documents) documents.set(one.id, one);
    for (const one of state.companies) companies.set(one.edrpou, one);
    director.value = state.settings.director;
    own.replaceChildren(make("b", {}, state.own.name), make("span", {}, state.own.edrpou));
    draw();
    return state.last;
  };
  const stream = new EventSource(`${base}/_control/events?after=${await load()}`);
  stream.addEventListener("message", ({ data }) => apply(JSON.parse(data)));
  stream.addEventListener("reset", load);
}

function tabBar(names, chosen) {
  const choose = (name) => {
    for (const one of bar.children) one.setAttribute("aria-pressed", String(one.dataset.name === name));
    chosen(name);
  };
  const bar = make("div", { class: "vc-tabs", role: "group", "aria-label": "Що показати" }, ...names.map(([name, words]) => {
    const tab = button(words, () => choose(name));
    tab.dataset.name = name;
    return tab;
  }));
  choose(names[0][0]);
  return bar;
}

function companyRow(company, ask) {
  const box = make("input", { type: "checkbox", ...(company.registered ? { checked: "" } : {}) });
  box.addEventListener("change", () => ask("POST", "companies", { edrpou: company.edrpou, registered: box.checked }));
  const name = make("div", {}, make("b", {}, company.name || "Без назви"), make("p", { class: "vc-small" }, `${company.edrpou}, підписує ${company.signer}`));
  return make("li", { class: "vc-company" }, name, make("label", {}, box, "Є у «Вчасно»"));
}

function letterRow(letter) {
  const open = make("a", { class: "vc-button", href: letter.link, target: "_blank", rel: "noopener" }, "Відкрити документ");
  return make("li", { class: "vc-row" },
    make("div", { class: "vc-title" }, make("b", {}, letter.subject), make("span", { class: "vc-small" }, when(letter.at))),
    make("p", { class: "vc-small" }, `Кому: ${letter.to}`), make("div", { class: "vc-deeds" }, open));
}
