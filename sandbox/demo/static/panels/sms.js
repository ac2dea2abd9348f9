// Text messages on every phone, newest first; the code of a message in large figures.
import { make, phoneNumber } from "../dom.js";

export const id = "sms";
export const title = "SMS";
export const place = "side";
export const order = 30;

const BASE = "/atompark/_control";
const CODE = /(?:код|code|пароль)\D{0,30}?(\d{4,8})(?!\d)/iu;
const KEPT = 200;

export const available = (config) => config.panels.includes("atompark");

export async function mount(body, config, panel) {
  const owners = new Map(config.people.map((person) => [person.phone.replace(/\D/g, ""), person]));
  const empty = make("p", { class: "empty" }, "Поки що порожньо. Сюди прийде код, коли телефон із Viber поділиться номером, і посилання на оплату тим, хто не має чату.");
  const list = make("ol", { class: "sms-list", "aria-label": "Текстові повідомлення, найновіші вгорі", tabindex: "0" });
  body.append(empty, list);
  const notices = [];
  let unread = 0;
  const read = () => {
    unread = 0;
    panel.setUnread(0);
    notices.splice(0).forEach((drop) => drop());
    for (const fresh of list.querySelectorAll(".is-new")) fresh.classList.remove("is-new");
  };
  const show = (message, isNew) => {
    empty.hidden = true;
    list.prepend(card(message, owners.get(message.phone), isNew));
    while (list.children.length > KEPT) list.lastElementChild.remove();
  };

  const known = (await (await fetch(`${BASE}/inbox`)).json()).messages;
  known.forEach((message) => show(message, false));
  const stream = new EventSource(`${BASE}/events?after=${known.at(-1)?.id ?? 0}`);
  stream.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    show(message, true);
    panel.setUnread(++unread);
    notices.push(panel.toast(notice(message, owners.get(message.phone), panel)));
  });
  stream.addEventListener("reset", () => {
    list.replaceChildren();
    empty.hidden = false;
    read();
  });
  for (const touch of ["pointerdown", "pointerenter", "focusin"]) body.addEventListener(touch, read);
  panel.onShown(read);
}

function card(message, owner, isNew) {
  const at = new Date(message.at);
  const time = make("time", { datetime: message.at }, at.toLocaleTimeString("uk-UA", { hour: "2-digit", minute: "2-digit" }));
  const from = make("div", { class: "sms-from" }, make("b", {}, message.sender), time);
  const to = make("p", { class: "sms-to" }, owner ? `${owner.name}, ` : "", phoneNumber(message.phone));
  const text = make("p", { class: "sms-text" }, ...withLinks(message.text));
  const item = make("li", { class: isNew ? "sms is-new" : "sms" }, from, to);
  const code = CODE.exec(message.text)?.[1];
  if (code) item.append(codeRow(code));
  item.append(text);
  return item;
}

/** The text with its web addresses as links, as a phone shows them. */
function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)])/u).map((piece, index) =>
    index % 2 ? make("a", { href: piece, target: "_blank", rel: "noopener noreferrer" }, piece) : piece);
}

function codeRow(code) {
  const copy = make("button", { class: "quiet", type: "button" }, "Скопіювати");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code);
      copy.textContent = "Скопійовано";
    } catch {
      copy.textContent = "Не вдалося";
    }
    setTimeout(() => (copy.textContent = "Скопіювати"), 2000);
  });
  return make("div", { class: "sms-code" }, make("output", { "aria-label": "Код" }, code), copy);
}

function notice(message, owner, panel) {
  const code = CODE.exec(message.text)?.[1];
  const whom = owner ? owner.name : phoneNumber(message.phone);
  return {
    title: `SMS: ${whom}`,
    text: code ? `Код ${code}` : message.text,
    action: panel.isShown() ? undefined : { label: "Показати", run: panel.show },
  };
}
