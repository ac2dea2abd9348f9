// A forum: the list of its topics with what was not read yet, and the topic that is open.
import { icon, make } from "./dom.js";
import { clockTime, initial } from "./words.js";

const GENERAL = 1;
const TOPICS = "can_manage_topics";
const topicOf = (message) => message.topic ?? GENERAL;

export class Forum {
  /** `phone` has act(name, fields), dialogs, link, and redraw() for another topic. */
  constructor(phone, key) {
    this.phone = phone;
    this.key = `tg-read ${key}`;
    this.on = false;
    this.open = null;
    this.messages = new Map();
    this.topics = [];
    this.read = recalled(this.key);
    this.list = make("ul", { class: "tg-topics", "aria-label": "Теми", hidden: true });
    const words = { "aria-label": "До списку тем", title: "До списку тем" };
    this.back = make("button", { type: "button", class: "tg-back", hidden: true, ...words, onclick: () => this.enter(null) }, icon("back"));
  }

  /** Takes the whole chat; a plain group has one conversation and no list. */
  show({ chat, messages, topics, general, administrators, bot_rights }) {
    this.on = Boolean(chat.is_forum);
    this.title = chat.title;
    this.isAdministrator = administrators.includes(this.phone.link.user);
    this.botMay = bot_rights.includes(TOPICS);
    const shown = general.hidden ? [] : [{ ...general, name: general.name === "General" ? "Загальне" : general.name }];
    this.topics = [...shown, ...topics];
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    if (this.read === null) this.#readAll();
    const newest = Math.max(0, ...this.messages.keys());
    if (Object.values(this.read).some((id) => id > newest)) this.read = {}; // the chat began anew
    if (this.open !== null && !this.topics.some((one) => one.id === this.open)) this.open = null;
    this.draw();
  }

  /** Is the message of what is open now. */
  has(message) {
    return !this.on || topicOf(message) === this.open;
  }

  inOpen() {
    return [...this.messages.values()].filter((message) => this.has(message));
  }

  put(message) {
    const isNew = !this.messages.has(message.message_id);
    this.messages.set(message.message_id, message);
    if (!this.on) return;
    const own = message.from.id === this.phone.link.user;
    if (isNew && !own && !this.has(message)) this.list.dispatchEvent(new CustomEvent("phone:message", { bubbles: true }));
    this.draw();
  }

  remove(ids) {
    ids.forEach((id) => this.messages.delete(id));
    this.draw();
  }

  enter(topic) {
    this.open = topic;
    this.draw();
    this.phone.redraw();
    if (topic === null) this.list.querySelector("button")?.focus();
  }

  /** Where what is written now goes. */
  place() {
    return this.on && this.open !== GENERAL ? { thread: this.open } : {};
  }

  /** The topic's name for the header, or nothing while the list is shown. */
  current() {
    return this.topics.find((one) => one.id === this.open);
  }

  draw() {
    const listed = this.on && this.open === null;
    this.back.hidden = !this.on || listed;
    this.list.hidden = !listed;
    if (!this.on) return;
    if (this.open !== null) this.#markRead(this.open);
    const focused = document.activeElement?.dataset?.topic;
    const rows = this.topics.map((topic) => ({ topic, ...this.#within(topic.id) }));
    rows.sort((one, other) => (other.last?.message_id ?? 0) - (one.last?.message_id ?? 0));
    this.list.replaceChildren(...rows.map((row) => this.#row(row)));
    if (listed && focused) this.list.querySelector(`[data-topic="${focused}"]`)?.focus();
  }

  #within(id) {
    const within = [...this.messages.values()].filter((message) => topicOf(message) === id);
    const seen = this.read?.[id] ?? 0;
    const unread = within.filter((one) => one.message_id > seen && one.from.id !== this.phone.link.user).length;
    return { last: within.at(-1), unread };
  }

  #row({ topic, last, unread }) {
    const text = last ? last.service || last.text || last.caption || (last.photo ? "Фото" : "Файл") : "";
    const whose = last && !last.service ? make("b", {}, `${last.from.name}: `) : null;
    const face = topic.id === GENERAL ? "#" : topic.icon || initial(topic.name);
    const badge = unread ? make("span", { class: "tg-unread", "aria-label": `непрочитаних: ${unread}` }, String(unread)) : null;
    const lock = topic.closed ? make("span", { class: "tg-closed" }, "закрито") : null;
    const time = last ? make("time", {}, clockTime(last.date)) : null;
    const open = make(
      "button",
      { type: "button", class: "tg-topic", "data-topic": topic.id, onclick: () => this.enter(topic.id) },
      make("span", { class: `tg-avatar tg-tone-${topic.id % 7}`, "aria-hidden": "true" }, face),
      make("span", { class: "tg-topic-words" }, make("strong", {}, topic.name), make("span", {}, whose, text.slice(0, 90))),
      make("span", { class: "tg-topic-side" }, time, badge, lock),
    );
    return make("li", {}, open);
  }

  #markRead(id) {
    const last = Math.max(0, ...[...this.messages.values()].filter((one) => topicOf(one) === id).map((one) => one.message_id));
    if ((this.read[id] ?? 0) >= last) return;
    this.read[id] = last;
    remember(this.key, this.read);
  }

  #readAll() {
    this.read = {};
    this.topics.forEach(({ id }) => this.#markRead(id));
  }

  /** What a member of the staff can do here, as a menu has it. */
  deeds() {
    const { phone } = this;
    const topic = this.current();
    const rights = () => phone.act("members", { rights: { [TOPICS]: !this.botMay } });
    const bots = [this.botMay ? "Забрати в бота право на теми" : "Повернути боту право на теми", rights];
    if (!topic) return [["Нова тема", () => this.#create()], ...(this.isAdministrator ? [bots] : [])];
    const close = () => phone.act("close_topic", { thread: topic.id, closed: !topic.closed });
    const deeds = [["Перейменувати тему", () => this.#rename(topic)], [topic.closed ? "Відкрити тему знову" : "Закрити тему", close]];
    return topic.id === GENERAL ? deeds : [...deeds, ["Видалити тему", () => this.#delete(topic)]];
  }

  async #create() {
    const name = await this.phone.dialogs.prompt("Нова тема", "Назва теми", "Створити");
    const made = name && (await this.phone.act("create_topic", { name }));
    if (made) this.enter(made.id);
  }

  async #rename(topic) {
    const name = await this.phone.dialogs.prompt("Перейменувати тему", "Назва теми", "Зберегти", topic.name);
    if (name) await this.phone.act("rename_topic", { thread: topic.id, name });
  }

  async #delete(topic) {
    const words = "Усі повідомлення теми зникнуть. Бот про це не дізнається.";
    if (!(await this.phone.dialogs.confirm(`Видалити «${topic.name}»?`, words, "Видалити"))) return;
    await this.phone.act("delete_topic", { thread: topic.id });
  }
}

function recalled(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing shows everything read when it comes again.
  }
}
