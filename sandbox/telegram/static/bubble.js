// One message: the bubble, what it holds, and the buttons under it.
import { icon, make } from "./dom.js";
import { anchor, richText } from "./richtext.js";
import { clockTime, fileSize, initial, isoTime, phoneNumber } from "./words.js";

const PALETTE = 7;

/** The inside of a message's place in the list. `on` is what links and buttons do, `address` completes a file's. */
export function bubble(message, { own, group, on, address }) {
  if (message.service) return [make("p", { class: "tg-pill" }, message.service)];
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const body = make("div", { class: `tg-bubble${message.photo ? " tg-with-photo" : ""}${text ? "" : " tg-textless"}` });
  if (group && !own) body.append(make("p", { class: `tg-author tg-tone-${tone(message.from.id)}` }, message.from.name));
  if (message.forwarded_from) body.append(make("p", { class: "tg-forwarded" }, `Переслано від: ${message.forwarded_from}`));
  if (message.reply_to) body.append(quote(message.reply_to, on));
  body.append(...media(message, on, address));
  if (text) body.append(make("div", { class: "tg-text" }, ...richText(text, entities, on), meta(message, own)));
  else body.append(meta(message, own));
  if (on.more) body.append(deeds(message, on));
  return [body, ...keyboard(message, on)];
}

function deeds(message, on) {
  const words = { "aria-label": "Дії з повідомленням", title: "Дії з повідомленням", "aria-haspopup": "menu" };
  const button = make("button", { type: "button", class: "tg-deeds", ...words }, icon("more"));
  button.addEventListener("click", () => on.more(message, button));
  return button;
}

export const tone = (id) => Math.abs(id) % PALETTE;

function meta(message, own) {
  const edited = message.edited ? make("span", { class: "tg-edited" }, "змінено") : null;
  const ticks = own ? make("span", { class: "tg-ticks", role: "img", "aria-label": "прочитано" }, icon("read")) : null;
  const time = make("time", { datetime: isoTime(message.date) }, clockTime(message.date));
  return make("span", { class: "tg-meta" }, edited, time, ticks);
}

function quote(replied, on) {
  const lines = [make("b", {}, replied.name), make("span", {}, replied.text || "Повідомлення")];
  return make("button", { type: "button", class: "tg-quote", onclick: () => on.find(replied.message_id) }, ...lines);
}

function media(message, on, address) {
  const parts = [];
  if (message.photo) parts.push(photo(message, on, address));
  if (message.document) parts.push(document_(message.document, address));
  if (message.contact) parts.push(contact(message.contact));
  if (message.location) parts.push(place(message.location));
  return parts;
}

function photo(message, on, address) {
  const { url, width, height } = message.photo;
  const source = address(url);
  const words = message.caption ? `Фото: ${message.caption.slice(0, 120)}` : "Фото";
  const image = make("img", { src: source, width, height, alt: words, draggable: "false" });
  return make("button", { type: "button", class: "tg-photo", onclick: () => on.look(source, words) }, image);
}

function document_({ url, name, size }, address) {
  const kind = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return make(
    "a",
    { class: "tg-document", href: address(url), download: name },
    make("span", { class: "tg-document-icon", "aria-hidden": "true" }, icon("file"), make("b", {}, kind)),
    make("span", { class: "tg-document-words" }, make("b", {}, name), make("small", {}, fileSize(size))),
  );
}

function contact({ phone_number, first_name, last_name, user_id }) {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return make(
    "div",
    { class: "tg-contact" },
    make("span", { class: `tg-avatar tg-tone-${tone(user_id ?? 3)}`, "aria-hidden": "true" }, initial(name)),
    make("span", {}, make("b", {}, name), make("small", {}, phoneNumber(phone_number))),
  );
}

function place({ latitude, longitude }) {
  const words = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return make("p", { class: "tg-place" }, icon("place"), make("span", {}, `Місце: ${words}`));
}

function keyboard(message, on) {
  if (!message.keyboard.length) return [];
  const rows = message.keyboard.map((row, y) =>
    make("div", { class: "tg-key-row" }, ...row.map((button, x) => key(message, button, y, x, on))),
  );
  return [make("div", { class: "tg-keys", role: "group", "aria-label": "Кнопки повідомлення" }, ...rows)];
}

function key(message, button, row, column, on) {
  const face = make("span", { class: "tg-key-face" }, button.text);
  const style = `tg-key${button.style ? ` tg-key-${button.style}` : ""}`;
  const place = { "data-row": row, "data-column": column };
  if (button.kind === "url") {
    const open = anchor(button.url, [face, icon("link")], on, style);
    for (const [name, value] of Object.entries(place)) open.setAttribute(name, value);
    return open;
  }
  const busy = button.kind === "callback" && on.isBusy(message.message_id, button.data);
  const attributes = { type: "button", class: style, ...place, "aria-busy": busy ? "true" : null };
  const press = () => on.press(message, button, row, column);
  return make("button", { ...attributes, onclick: press }, face, button.kind === "copy_text" ? icon("copy") : null);
}
