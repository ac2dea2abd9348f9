// Building DOM by hand: text always as text nodes, addresses only http and https.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 6l12 12",
  menu: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-5 16-3.5-6.5z",
  keyboard: "M5 5h4v4H5zM15 5h4v4h-4zM5 15h4v4H5zM15 15h4v4h-4z",
  hide: "M6 9l6 6 6-6",
  write: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-4 4-5.5 7.5-5.5s6.7 1.5 7.5 5.5",
  pin: "M12 21s-7-6.3-7-11.5a7 7 0 0 1 14 0C19 14.7 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  sticker: "M12 3a9 9 0 1 0 9 9l-9-9zM12 3c0 5 4 9 9 9M8 14c1.5 2 4 2.5 6 1.5",
  play: "M8 5l11 7-11 7z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  sent: "M5 13l4 4L19 7",
  twice: "M2 13l4 4L15 7M11 16l1 1L22 7",
  down: "M12 5v14M6 13l6 6 6-6",
  restart: "M5 4v6h6M5.5 10a8 8 0 1 1-1 5",
};

/** An element with properties, classes and children; strings become text nodes. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role" || name === "for") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `vb-icon vb-icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A real button with a picture and a name for those who cannot see it. */
export function iconButton(name, label, onclick, extra = "") {
  return el("button", { type: "button", class: `vb-icon-button ${extra}`, title: label, "aria-label": label, onclick }, icon(name));
}

/** The address if it is http or https, else null: javascript: and data: never get into a link. */
export function safeUrl(value) {
  try {
    const url = new URL(String(value));
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, properties = {}, ...children) {
  const href = safeUrl(address);
  if (href === null) return el("span", { class: properties.class }, ...children);
  return el("a", { ...properties, href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** A picture from the outside; one that does not load leaves its place. */
export function image(address, className, alt, onload) {
  const source = safeUrl(address);
  if (source === null) return null;
  const node = el("img", { class: className, alt, referrerPolicy: "no-referrer", draggable: false });
  node.addEventListener("load", () => onload?.());
  node.addEventListener("error", () => node.classList.add("vb-broken"));
  node.src = source;
  return node;
}

export function avatar(name, address) {
  const letter = [...(name || "").trim()][0] || "К";
  const node = el("span", { class: "vb-avatar", "aria-hidden": "true" }, letter.toUpperCase());
  const picture = address ? image(address, "vb-avatar-image", "") : null;
  if (picture) node.append(picture);
  return node;
}
