// One transfer in the list.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const WHEN = new Intl.DateTimeFormat("uk", { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });

const SUM = new Intl.NumberFormat("uk", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "1234.5" as people read it: 1 234,50. */
export const money = (amount) => SUM.format(Number(amount));

export function transferRow({ at, amount, incoming, purpose, number, other }) {
  const sum = `${incoming ? "+" : "−"}${money(amount)}`;
  return make(
    "li",
    { class: incoming ? "bk-row is-in" : "bk-row" },
    make("div", { class: "bk-who" }, make("b", {}, other.name), make("strong", {}, sum)),
    make("p", { class: "bk-purpose" }, purpose),
    make("p", { class: "bk-small" }, [WHEN.format(new Date(at)), `№${number}`, other.code, other.bank].filter(Boolean).join(" · ")),
  );
}
