// One contract: what it says, and what the client's card says of it.
import { el } from "./dom.js";
import { day, hryvnias, source, state, title } from "./words.js";

/** The parts of the sheet, from above. */
export function contractSheet(contract) {
  const { name, word } = state(contract);
  const from = source(contract);
  return [
    el(
      "header",
      { class: "c1-doc-head" },
      el("h3", { tabindex: "-1" }, title(contract).replaceAll("-", "\u2011")),
      el("p", { class: "c1-doc-client" }, contract.counterparty || "Без клієнта"),
      el(
        "p",
        { class: "c1-doc-chips" },
        el("span", { class: "c1-chip", "data-state": name }, word),
        contract.main ? el("span", { class: "c1-posted" }, "Основний") : null,
        from ? el("span", { class: "c1-from", "data-from": "komora" }, from) : null,
      ),
      facts([
        ["Назва", contract.name],
        ["Дата", day(contract.date)],
        ["Діє до", day(contract.until) || "без строку"],
        ["Тип цін", contract.price_type],
        ["Відстрочка", contract.payment_days ? `${contract.payment_days} дн.` : "немає"],
        ["Ліміт боргу", Number(contract.credit_limit) ? hryvnias(contract.credit_limit) : "немає"],
        ["Коментар", contract.comment],
      ]),
    ),
    el(
      "section",
      { class: "c1-doc-head c1-card", "aria-label": "Картка клієнта" },
      el("h4", {}, "Картка клієнта"),
      facts([
        ["Контрагент", contract.counterparty],
        ["Основний договір", contract.main ? "цей" : "інший"],
        ["Коментар", contract.card || "порожній"],
      ]),
    ),
  ];
}

function facts(pairs) {
  const said = pairs.filter(([, value]) => value);
  return el("dl", { class: "c1-facts" }, ...said.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}
