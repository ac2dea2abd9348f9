// Building blocks of the window; text always goes in as text.

let serial = 0;

/** An id nobody else has. */
export const fresh = (word) => `c1-${word}-${++serial}`;

/** An element with attributes and children; true is an empty attribute, false, null and undefined are none. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A labelled field: the label above, what belongs to it below. */
export function field(label, control, ...more) {
  control.id ||= fresh("field");
  return el("div", { class: "c1-field" }, el("label", { for: control.id }, label), control, ...more);
}

/** Says what went wrong where it happened; empty words take it away. */
export function alertLine() {
  const line = el("p", { class: "c1-alert", role: "alert", hidden: true });
  const say = (words) => {
    line.textContent = words;
    line.hidden = !words;
  };
  return { line, say };
}
