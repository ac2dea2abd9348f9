// Elements made without markup: text goes in as text, whatever it holds.

/** make("button", {class: "x", "aria-label": "…", onclick: f}, "text", child, …) */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.1 15 12 3.4 13.9z",
  attach:
    "M16.5 6.5v10a4.5 4.5 0 0 1-9 0V5a3 3 0 0 1 6 0v10.5a1.5 1.5 0 0 1-3 0V6.5H9v9a3 3 0 0 0 6 0V5a4.5 4.5 0 0 0-9 0v11.5a6 6 0 0 0 12 0v-10z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  keys: "M4 4h7v7H4zm9 0h7v7h-7zM4 13h7v7H4zm9 0h7v7h-7zM6 6v3h3V6zm9 0v3h3V6zM6 15v3h3v-3zm9 0v3h3v-3z",
  keyboard:
    "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm1 2v10h16V7zm2 2h2v2H6zm4 0h2v2h-2zm4 0h2v2h-2zm2 4h2v2h-2zM6 13h2v2H6zm3 0h6v2H9z",
  back: "M15.500 4.500 17 6l-6 6 6 6-1.500 1.500L8 12z",
  pin: "M9 3h6l-.600 6.500 3.600 3V14h-5v6.500L12 22l-1-1.500V14H6v-1.500l3.600-3z",
  down: "M12 16.5 4.5 9 6 7.5l6 6 6-6L19.500 9z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  close: "M6.400 5 12 10.600 17.600 5 19 6.400 13.400 12 19 17.600 17.600 19 12 13.400 6.400 19 5 17.600 10.600 12 5 6.400z",
  file: "M6 2h8l5 5v14a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zm7 2v4h4z",
  photo: "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm1 12h14l-4.500-6-3.500 4.500-2.500-3zM8 11a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z",
  link: "M8 6h10v10h-2V9.400L7.400 18 6 16.600 14.600 8H8z",
  copy: "M8 3h11a1 1 0 0 1 1 1v13h-2V5H8zM5 7h10a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm1 2v10h8V9z",
  place: "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  read: "M1.500 8.500 3 7l3.500 3.500L13 3.500 14.400 5 6.500 13zM9.300 10.200l1 1L18.400 3 20 4.500 10.300 13.800 8 11.500z",
};

/** A drawing that says nothing by itself: the control around it bears the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", name === "read" ? "0 0 21 17" : "0 0 24 24");
  svg.setAttribute("class", `tg-icon tg-icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
