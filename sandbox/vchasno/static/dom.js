// Small words for building the cabinet; text always goes in as text.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function button(words, act, kind = "") {
  const made = make("button", { type: "button", class: kind }, words);
  made.addEventListener("click", act);
  return made;
}

const WHEN = new Intl.DateTimeFormat("uk", { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
const SUM = new Intl.NumberFormat("uk", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const when = (iso) => WHEN.format(new Date(iso));

/** Kopiykas as people read them: 1 234,50 грн. */
export const money = (kopiykas) => `${SUM.format(kopiykas / 100)} грн`;
