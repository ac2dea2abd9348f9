// Messages of the chat as Viber draws them.

import { avatar, el, icon, image, link } from "./dom.js";
import { cards } from "./buttons.js";
import { clock, fileSize, formatted, phoneNumber } from "./text.js";

const TICKS = { sent: ["sent", "надіслано"], delivered: ["twice", "доставлено"], seen: ["twice", "переглянуто"] };

const BODIES = {
  text: (message) => [words(message.text)],
  picture: (message, tools) => [picture(message, tools), message.text ? words(message.text) : null],
  video: (message) => [
    link(message.media, { class: "vb-video", "aria-label": "Відео" }, icon("play")),
    message.text ? words(message.text) : null,
  ],
  file: (message) => [file(message)],
  url: (message) => [linkCard(message.media)],
  contact: (message) => [contact(message.contact)],
  location: (message) => [place(message.location)],
  sticker: (message) => [el("span", { class: "vb-sticker" }, icon("sticker"), `Наліпка ${message.sticker_id}`)],
};

/** One row of the chat; `tools` has the bot, `tap(message, spec, index)` and `grown()` for pictures that load late. */
export function bubble(message, tools) {
  const mine = message.from === "user";
  const row = el("div", { class: `vb-row ${mine ? "vb-mine" : "vb-theirs"} vb-of-${message.type}` });
  row.dataset.id = message.id;
  if (!mine) row.append(avatar(message.sender || tools.bot.name, tools.bot.avatar));
  row.append(message.type === "rich_media" ? carousel(message, tools) : plain(message, tools, mine));
  return row;
}

/** Show a newer status of the same message. */
export function retick(row, message) {
  const old = row.querySelector(".vb-tick");
  if (old && old.dataset.status !== message.status) old.replaceWith(tick(message.status));
}

function plain(message, tools, mine) {
  const body = BODIES[message.type]?.(message, tools) ?? [words(message.text ?? "Повідомлення не підтримується")];
  const who = el("span", { class: "vb-hidden" }, mine ? "Ви: " : `${message.sender || tools.bot.name}: `);
  return el("div", { class: "vb-bubble" }, who, ...body, foot(message, mine));
}

function foot(message, mine) {
  const time = el("time", { dateTime: new Date(message.at).toISOString() }, clock(message.at));
  return el("span", { class: "vb-foot" }, time, mine ? tick(message.status) : null);
}

function tick(status) {
  const [name, label] = TICKS[status] ?? TICKS.sent;
  const node = el("span", { class: `vb-tick vb-${status}` }, icon(name), el("span", { class: "vb-hidden" }, label));
  node.dataset.status = status;
  return node;
}

function words(text) {
  return el("span", { class: "vb-text" }, ...formatted(text));
}

function picture(message, tools) {
  const shown = image(message.media, "vb-picture", message.text || "Фото", tools.grown);
  return link(message.media, { class: "vb-picture-link" }, shown);
}

function file(message) {
  const about = el("span", { class: "vb-file-about" }, el("b", {}, message.file_name), el("small", {}, fileSize(message.size)));
  return link(message.media, { class: "vb-file" }, el("span", { class: "vb-file-icon" }, icon("file")), about);
}

function linkCard(address) {
  let host = address;
  try {
    host = new URL(address).host;
  } catch {
    host = address;
  }
  const about = el("span", { class: "vb-file-about" }, el("b", {}, host), el("small", {}, address));
  return link(address, { class: "vb-file vb-url" }, el("span", { class: "vb-file-icon" }, icon("link")), about);
}

function contact(card) {
  const about = el("span", { class: "vb-file-about" }, el("b", {}, card.name || "Контакт"), el("small", {}, phoneNumber(card.phone_number)));
  return el("span", { class: "vb-file" }, el("span", { class: "vb-file-icon" }, icon("contact")), about);
}

function place(location) {
  const where = `${Number(location.lat).toFixed(5)}, ${Number(location.lon).toFixed(5)}`;
  return el("span", { class: "vb-place" }, el("span", { class: "vb-map", "aria-hidden": "true" }, icon("pin")), `Геопозиція: ${where}`);
}

function carousel(message, tools) {
  const list = cards(message.rich_media, message.level ?? 7, (spec, index) => tools.tap(message, spec, index));
  const strip = el("div", { class: "vb-carousel", role: "group", "aria-label": "Картки, гортайте вбік", tabIndex: 0 }, ...list);
  return el("div", { class: "vb-carousel-row" }, strip, foot(message, false));
}
