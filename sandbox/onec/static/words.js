// Ukrainian words, sums and times of the window.

const MONEY = new Intl.NumberFormat("uk-UA", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const QUANTITY = new Intl.NumberFormat("uk-UA", { maximumFractionDigits: 3 });

export const KINDS = { order: "Замовлення", shipment: "Відвантаження", payment: "Оплати", contract: "Договори" };
const TITLES = {
  order: "Замовлення покупця", shipment: "Реалізація товарів", payment: "Надходження коштів", invoice: "Рахунок",
  contract: "Договір",
};
const NO_NUMBER = "б/н";
const STATES = { new: "Нове", accepted: "Прийняте", shipped: "Відвантажене", closed: "Закрите", cancelled: "Скасоване" };
const PROFILES = {
  ut_ua: "1С: УТ 2.3",
  bas_ut: "BAS: УТ 3",
  unf: "BAS: Малий бізнес",
  bp: "BAS: Бухгалтерія",
};

export const money = (text) => MONEY.format(Number(text));
export const hryvnias = (text) => `${money(text)}\u00a0грн`;
export const quantity = (text) => QUANTITY.format(Number(text));
const titled = (document) => (document.refund ? "Повернення коштів" : TITLES[document.kind] ?? "Документ");
export const number = (document) => document.number || NO_NUMBER;
export const title = (document) => `${titled(document)} ${number(document)}`;
/** Money that went back stands with a minus. */
export const total = (document) =>
  document.kind === "contract" ? "" : `${document.refund ? "\u2212" : ""}${hryvnias(document.total)}`;
/** What a part of a payment is for; no document means the client's account. */
export const purpose = (part) => (part.number ? title(part) : "На рахунок клієнта");
export const profile = (name) => PROFILES[name] ?? name;

/** {name, word}: how the state looks and what it is called. */
export function state(document) {
  if (document.marked) return { name: "marked", word: "До вилучення" };
  if (document.kind === "contract") return document.signed ? { name: "shipped", word: "Підписано" } : { name: "closed", word: "Діє" };
  if (document.kind === "order") return { name: document.state, word: STATES[document.state] ?? document.state };
  return document.posted ? { name: "closed", word: "Проведено" } : { name: "new", word: "Не проведено" };
}

/** Where a document came from; nothing for those that people of the base make as a matter of course. */
export function source(document) {
  if (document.from_site) return "Komora";
  return document.kind === "order" ? "телефон" : "";
}

/** A day with its year. */
export function day(text) {
  const at = parts(text);
  return at ? `${at.date}.${at.day.slice(0, 4)}` : "";
}

/** 10:15 of today, 26.11 of another day; naive local time of the base. */
function when(text, now) {
  const at = parts(text);
  if (!at) return "";
  const today = parts(now);
  return today && at.day === today.day ? at.time : `${at.date}`;
}

/** When a document was made; the day of a contract, which may be years ago. */
export const dated = (document, now) => (document.kind === "contract" ? day(document.date) : when(document.date, now));

export function moment(text) {
  const at = parts(text);
  return at ? `${at.date}.${at.day.slice(0, 4)} ${at.time}` : "";
}

function parts(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(text ?? "");
  return found && { day: `${found[1]}-${found[2]}-${found[3]}`, date: `${found[3]}.${found[2]}`, time: found[4] };
}

/** "1 234,5" as a person types it -> "1234.5"; null when it is not a number above nothing. */
export function typed(text) {
  const plain = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  return /^\d{1,9}(\.\d{1,3})?$/.test(plain) && Number(plain) > 0 ? plain : null;
}
