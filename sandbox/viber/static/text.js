// Two little languages: *bold* _italic_ ~struck~ in messages, and the HTML that Viber allows on buttons.

import { el, link } from "./dom.js";

const MARKS = { "*": "b", _: "i", "~": "s" };
const MARKED = /(https?:\/\/[^\s<>"]*[^\s<>".,!?;:)])|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gu;
const DEEPEST = 4;
const PLAIN_TAGS = new Set(["B", "I", "U", "S"]);
const SIZED_FROM = 4;

/** Message text as nodes. */
export function formatted(text, depth = 0) {
  if (depth >= DEEPEST) return [document.createTextNode(text)];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    const [whole, address, mark, inside] = match;
    if (match.index > end) nodes.push(document.createTextNode(text.slice(end, match.index)));
    if (address) nodes.push(link(address, { class: "vb-link" }, address));
    else nodes.push(el(MARKS[mark], {}, ...formatted(inside, depth + 1)));
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}

/** Text of a button as nodes: b i u s br font only, built anew; everything else keeps just its words. */
export function buttonText(html, level) {
  const inert = new DOMParser().parseFromString(String(html ?? ""), "text/html");
  return [...inert.body.childNodes].flatMap((node) => allowed(node, level));
}

function allowed(node, level) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "SCRIPT" || node.tagName === "STYLE") return [];
  const children = [...node.childNodes].flatMap((child) => allowed(child, level));
  if (node.tagName === "BR") return [el("br")];
  if (node.tagName === "FONT") return [font(node, level, children)];
  const known = PLAIN_TAGS.has(node.tagName) && (node.tagName !== "S" || level >= SIZED_FROM);
  return known ? [el(node.tagName.toLowerCase(), {}, ...children)] : children;
}

function font(node, level, children) {
  const span = el("span", {}, ...children);
  const color = node.getAttribute("color")?.trim() ?? "";
  if (/^(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,20})$/i.test(color)) span.style.color = color;
  const size = Number(node.getAttribute("size"));
  if (level >= SIZED_FROM && size >= 12 && size <= 32) span.style.fontSize = `${size}px`;
  return span;
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString("uk-UA", { hour: "2-digit", minute: "2-digit" });
}

export function day(milliseconds) {
  const date = new Date(milliseconds);
  if (date.toDateString() === new Date(nowHere()).toDateString()) return "Сьогодні";
  return date.toLocaleDateString("uk-UA", { day: "numeric", month: "long", year: "numeric" });
}

export function fileSize(bytes) {
  if (!bytes) return "";
  const [unit, value] = bytes < 1024 * 1024 ? ["КБ", bytes / 1024] : ["МБ", bytes / 1024 / 1024];
  return `${value.toLocaleString("uk-UA", { maximumFractionDigits: 1 })} ${unit}`;
}

export function phoneNumber(digits) {
  const parts = /^\+?380(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(digits ?? "");
  if (parts) return `+380 ${parts.slice(1).join(" ")}`;
  return digits ? (digits.startsWith("+") ? digits : `+${digits}`) : "номер не вказано";
}

/** The time of the page around, in milliseconds: one that moves it says in `data-ahead` by how many seconds. */
export function nowHere() {
  return Date.now() + Number(document.documentElement.dataset.ahead ?? 0) * 1000;
}
