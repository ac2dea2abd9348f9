// Entities to elements. Offsets are UTF-16 units, as JavaScript counts.
import { make } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };
const SAFE = /^(https?:|mailto:|tel:)/i;

/** `on.command(text)` and `on.start(payload)` are what commands and the bot's own links do. */
export function richText(text, entities, on) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nest(text, ordered, 0, text.length, on);
}

function nest(text, entities, from, to, on) {
  const parts = [];
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index++];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    const inside = [];
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++]);
    parts.push(text.slice(at, entity.offset));
    parts.push(wrap(entity, text.slice(entity.offset, end), nest(text, inside, entity.offset, end, on), on));
    at = end;
  }
  parts.push(text.slice(at, to));
  return parts.filter((part) => part !== "");
}

function wrap(entity, plain, children, on) {
  switch (entity.type) {
    case "text_link":
      return anchor(entity.url, children, on);
    case "url":
      return anchor(/^[a-z]+:/i.test(plain) ? plain : `https://${plain}`, children, on);
    case "email":
      return anchor(`mailto:${plain}`, children, on);
    case "phone_number":
      return anchor(`tel:${plain.replace(/[^+\d]/g, "")}`, children, on);
    case "bot_command":
      return make("button", { type: "button", class: "tg-link", onclick: () => on.command(plain) }, ...children);
    case "pre":
      return make("pre", { class: "tg-pre", "data-language": entity.language }, make("code", {}, ...children));
    case "spoiler":
      return spoiler(children);
    case "expandable_blockquote":
      return make("blockquote", {}, ...children);
    case "mention":
    case "hashtag":
      return make("span", { class: "tg-link" }, ...children);
    default:
      return make(TAGS[entity.type] ?? "span", {}, ...children);
  }
}

/** A link, or plain text where the address is not one to follow. */
export function anchor(url, children, on, className = "tg-link") {
  const payload = on.ownLink(url);
  if (payload !== null)
    return make("button", { type: "button", class: className, onclick: () => on.start(payload) }, ...children);
  const address = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  if (!SAFE.test(address)) return make("span", { class: className }, ...children);
  return make("a", { class: className, href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler(children) {
  const cover = make("button", { type: "button", class: "tg-spoiler", "aria-label": "Прихований текст, показати" });
  cover.append(make("span", {}, ...children));
  cover.addEventListener("click", () => {
    cover.replaceWith(...cover.firstChild.childNodes);
  });
  return cover;
}
