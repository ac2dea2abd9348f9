// The Viber phone: one person's chat with the bot, live.

import { avatar, el, icon, iconButton, safeUrl } from "./dom.js";
import { bubble, retick } from "./bubbles.js";
import { Composer } from "./composer.js";
import { Dialogs } from "./dialogs.js";
import { Panel } from "./panel.js";
import { clock, day, phoneNumber, nowHere } from "./text.js";
import { Wire } from "./wire.js";

const NEAR_BOTTOM = 80;
const HIDDEN_KINDS = new Set(["keyboard"]);

/**
 * Put the phone into `element`.
 * `base` is the sandbox's prefix ("/viber"), `user` the person's id, `context` what a deep link carries.
 * Returns {refresh, open(context), destroy}.
 */
export function mount(element, { base = "", user, context } = {}) {
  addStyle();
  const phone = new Phone(element, new Wire(base, user), context);
  phone.start();
  return { refresh: () => phone.refresh(), open: (words) => phone.open(words), destroy: () => phone.destroy() };
}

function addStyle() {
  const href = new URL("phone.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  document.head.append(el("link", { rel: "stylesheet", href }));
}

class Phone {
  constructor(element, wire, context) {
    this.element = element;
    this.wire = wire;
    this.context = context;
    this.rows = new Map();
    this.stuck = true;
    this.panel = new Panel((spec, index) => this.#press(spec, { index }), () => this.#arrange());
    this.composer = new Composer({
      say: (text) => this.#do("say", { text }),
      attach: () => this.#attach(),
      toggle: () => this.panel.toggle(),
      unblock: () => this.#do("subscribe"),
    });
    this.#build();
    this.dialogs = new Dialogs(this.screen, this.body);
    this.onvisible = () => this.#see();
  }

  start() {
    document.addEventListener("visibilitychange", this.onvisible);
    this.wire.watch(() => this.refresh(), (up) => { this.offline.hidden = up; });
    this.shrinking = new ResizeObserver(() => this.#settle());
    this.shrinking.observe(this.log);
    this.ticker = setInterval(() => this.#tell(), 20000);
    this.#tell();
    this.refresh();
  }

  destroy() {
    this.wire.close();
    clearInterval(this.ticker);
    this.shrinking.disconnect();
    document.removeEventListener("visibilitychange", this.onvisible);
    this.element.replaceChildren();
  }

  /** Fetch the chat and show it; calls that come meanwhile are served by one more round. */
  async refresh() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        this.#render(await this.wire.chat());
      } while (this.again);
    } catch {
      this.offline.hidden = false;
    } finally {
      this.busy = false;
    }
  }

  /** Start the conversation, as «Написати» or a deep link does. */
  open(context) {
    return this.#do("open", context ? { context } : {});
  }

  #build() {
    this.time = el("span", {});
    this.title = el("h1", { class: "vb-title" });
    this.subtitle = el("span", { class: "vb-subtitle" });
    this.face = el("span", { class: "vb-face" });
    this.offline = el("div", { class: "vb-offline", role: "status", hidden: true }, "Немає зв’язку. Під’єднуємося…");
    this.log = el("div", { class: "vb-log", role: "log", "aria-label": "Бесіда", tabIndex: 0, onscroll: () => this.#scrolled() });
    this.newer = iconButton("down", "До останнього повідомлення", () => this.#toBottom(), "vb-newer");
    this.newer.hidden = true;
    this.info = el("div", { class: "vb-info" });
    const status = el("div", { class: "vb-status", "aria-hidden": "true" }, this.time, el("span", { class: "vb-signal" }));
    const menu = iconButton("menu", "Меню", () => this.#menu());
    const names = el("div", { class: "vb-names" }, this.title, this.subtitle);
    const header = el("header", { class: "vb-header" }, this.face, names, menu);
    this.chat = el("div", { class: "vb-chat" }, this.log, this.newer);
    this.body = el("div", { class: "vb-body" }, status, header, this.offline, this.info, this.chat,
      this.composer.node, this.composer.blocked, this.panel.node, el("div", { class: "vb-home", "aria-hidden": "true" }));
    this.screen = el("div", { class: "vb-screen" }, this.body);
    this.element.classList.add("vb-host");
    this.element.replaceChildren(el("div", { class: "vb-phone", lang: "uk" }, this.screen));
  }

  #render(chat) {
    this.offline.hidden = true;
    this.person = chat?.user;
    this.bot = chat?.bot ?? { name: "Viber", avatar: "" };
    this.title.textContent = this.bot.name;
    this.subtitle.textContent = chat === null ? "немає такого користувача" : chat.blocked ? "заблоковано" : "бот";
    this.face.replaceChildren(avatar(this.bot.name, this.bot.avatar));
    const talking = Boolean(chat) && (chat.opened || chat.messages.length > 0);
    this.#showInfo(chat, talking);
    this.#showMessages(talking ? chat.messages.filter(isShown) : []);
    this.blocked = Boolean(chat?.blocked);
    this.talking = talking;
    this.panel.show(talking && !chat.blocked ? chat.keyboard : null, chat?.keyboard_level ?? 1);
    this.#arrange();
    this.#see(chat);
  }

  #showInfo(chat, talking) {
    this.info.hidden = talking;
    this.chat.hidden = !talking;
    const shape = `${talking} ${chat === null} ${this.bot.name} ${this.bot.avatar}`;
    if (shape === this.infoShape) return;
    this.infoShape = shape;
    const write = el("button", { type: "button", class: "vb-write", onclick: () => this.open(this.context) }, icon("write"), "Написати");
    const about = chat === null ? "Цього користувача Viber немає." : "Чат-бот. Натисніть «Написати», щоб почати розмову.";
    this.info.replaceChildren(avatar(this.bot.name, this.bot.avatar), el("h2", {}, this.bot.name), el("p", {}, about));
    if (chat !== null) this.info.append(write);
  }

  #showMessages(messages) {
    const last = messages.at(-1);
    const grown = last && !this.rows.has(last.id);
    const kept = new Set(messages.map((message) => message.id));
    if ([...this.rows.keys()].some((id) => !kept.has(id))) this.#clear();
    for (const message of messages) this.#showMessage(message);
    if (grown && (this.stuck || last.from === "user")) this.#toBottom();
    else if (grown) this.newer.hidden = false;
  }

  #showMessage(message) {
    const known = this.rows.get(message.id);
    if (known) {
      retick(known, message);
      return;
    }
    const date = day(message.at);
    if (date !== this.date) this.log.append(el("div", { class: "vb-day" }, date));
    this.date = date;
    const row = bubble(message, {
      bot: this.bot,
      tap: (owner, spec, index) => this.#press(spec, { index, message: owner.id }),
      grown: () => this.#settle(),
    });
    this.rows.set(message.id, row);
    this.log.append(row);
  }

  #clear() {
    this.rows.clear();
    this.date = undefined;
    this.log.replaceChildren();
  }

  #arrange() {
    this.composer.show(this.panel, this.blocked);
    if (!this.talking) this.composer.node.hidden = true;
  }

  /** What a button does; a link opens at once, while the browser still takes it for the person's own click. */
  async #press(spec, where) {
    const kind = spec.ActionType || "reply";
    if (kind === "none") return;
    if (kind === "share-phone" && !(await this.#agreesToShare())) return;
    if (kind === "location-picker" && !(await this.dialogs.confirm("Надіслати геопозицію?", "Бот побачить, де ви зараз.", "Надіслати"))) return;
    if (kind === "open-url" && safeUrl(spec.ActionBody)) window.open(safeUrl(spec.ActionBody), "_blank", "noopener,noreferrer");
    await this.#do(kind === "share-phone" ? "share_phone" : "tap", kind === "share-phone" ? {} : where);
  }

  #agreesToShare() {
    const number = this.person?.desktop ? "Viber для комп’ютера надсилає порожній номер." : phoneNumber(this.person?.phone);
    return this.dialogs.confirm("Надіслати номер телефону?", number, "Надіслати");
  }

  #attach() {
    return this.dialogs.menu("Прикріпити", [
      ["picture", "Фото", () => this.#upload("send_picture", "image/png,image/jpeg,image/gif")],
      ["file", "Файл", () => this.#upload("send_file", "")],
      ["contact", "Контакт", () => this.#sendContact()],
      ["pin", "Геопозиція", () => this.#do("send_location", { lat: 50.4501, lon: 30.5234 })],
      ["sticker", "Наліпка", () => this.#do("send_sticker")],
    ]);
  }

  #menu() {
    const block = this.blocked
      ? ["block", "Розблокувати бота", () => this.#do("subscribe")]
      : ["block", "Заблокувати бота", () => this.#block()];
    return this.dialogs.menu("Меню", [block, ["restart", "Почати спочатку", () => this.#restart()]]);
  }

  async #block() {
    const sure = await this.dialogs.confirm("Заблокувати бота?", "Ви більше не отримуватимете його повідомлень.", "Заблокувати");
    if (sure) await this.#do("block");
  }

  async #restart() {
    const sure = await this.dialogs.confirm("Почати спочатку?", "Бесіду буде очищено, ніби ви відкриваєте бота вперше.", "Очистити");
    if (sure) await this.#do("forget");
  }

  async #sendContact() {
    const card = await this.dialogs.form("Надіслати контакт", [
      { name: "name", label: "Ім’я" },
      { name: "phone", label: "Телефон", type: "tel", maxLength: 20 },
    ], "Надіслати");
    if (card) await this.#do("send_contact", card);
  }

  #upload(act, accept) {
    const input = el("input", { type: "file", accept });
    input.addEventListener("change", () => {
      if (input.files.length) this.#try(() => this.wire.upload(act, input.files[0]));
    });
    input.click();
  }

  #do(act, fields) {
    return this.#try(() => this.wire.act(act, fields));
  }

  async #try(work) {
    try {
      await work();
    } catch (problem) {
      this.dialogs.say(`Не вдалося: ${problem.message}`);
    }
    await this.refresh();
  }

  /** Tell the bot that its messages were seen, when the person can indeed see them. */
  async #see(chat) {
    if (chat) this.unseen = chat.messages.some((message) => message.from === "bot" && message.status === "delivered");
    const visible = document.visibilityState === "visible" && this.element.getClientRects().length > 0;
    if (!this.unseen || !visible || this.seeing) return;
    this.seeing = true;
    await this.wire.act("seen").catch(() => null);
    this.seeing = this.unseen = false;
  }

  #tell() {
    this.time.textContent = clock(nowHere());
  }

  #nearBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM;
  }

  #toBottom() {
    this.log.scrollTop = this.log.scrollHeight;
    this.stuck = true;
    this.newer.hidden = true;
  }

  /** Only scrolling up lets go of the bottom: a keyboard that opens moves the bottom away too. */
  #scrolled() {
    if (this.#nearBottom()) this.stuck = true;
    else if (this.log.scrollTop < this.top) this.stuck = false;
    this.top = this.log.scrollTop;
    if (this.stuck) this.newer.hidden = true;
  }

  #settle() {
    if (this.stuck) this.#toBottom();
  }
}

function isShown(message) {
  return message.status !== "failed" && !HIDDEN_KINDS.has(message.type);
}
