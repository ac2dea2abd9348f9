// The Telegram client of one person: mount(element, {base, user}) shows the chat with the bot, or a group by `chat`.
import { Composer } from "./composer.js";
import { Dialogs } from "./dialogs.js";
import { icon, make } from "./dom.js";
import { Forum } from "./forum.js";
import { History } from "./history.js";
import { Link, Refused } from "./link.js";
import { asPhoto } from "./pictures.js";
import { Pinned } from "./pinned.js";
import { Taps, ownLink } from "./taps.js";
import { busyWord, fileSize, initial, members } from "./words.js";

/** Returns {unmount}: it takes the phone away and closes its line. */
export function mount(element, { base, user, chat = null }) {
  const phone = new Phone(base, user, chat);
  element.append(phone.element);
  phone.listen();
  return { unmount: () => phone.unmount() };
}

class Phone {
  constructor(base, user, chat) {
    this.link = new Link(base, user, chat);
    this.private = chat === null || chat === user;
    this.bot = { name: "", username: "" };
    this.commands = [];
    this.taps = new Taps(this, user);
    this.forum = new Forum(this, `${chat} ${user}`);
    this.pinned = new Pinned((id) => this.history.find(id));
    this.about = null;
    this.history = new History({ user, on: this.#deeds(), address: (path) => this.link.address(path) });
    this.composer = new Composer({
      start: () => this.#do("start"),
      restart: () => this.#do("start"),
      say: (text) => this.#say(text),
      cancel: () => this.#setAbout(null),
      attach: () => this.#chooseKind(),
      commands: () => this.#chooseCommand(),
      shareContact: () => this.#shareContact(),
      unsupported: (what) => this.dialogs.toast(`Поділитися ${what} у цьому телефоні не можна.`),
    });
    this.title = make("p", { class: "tg-name" }, "…");
    this.state = make("p", { class: "tg-state" }, "з’єднання…");
    this.avatar = make("span", { class: "tg-avatar tg-tone-4", "aria-hidden": "true" });
    const words = { "aria-label": "Дії з ботом", title: "Дії з ботом", "aria-haspopup": "menu" };
    this.more = make("button", { type: "button", class: "tg-more", ...words, onclick: () => this.#menu() }, icon("more"));
    this.main = make("div", { class: "tg-main" }, this.#header(), this.pinned.element, this.#middle(), this.composer.element);
    this.dialogs = new Dialogs(this.main);
    const screen = make("div", { class: "tg-screen" }, this.main, this.dialogs.layer);
    this.element = make("section", { class: "tg-phone", "aria-label": "Telegram" }, screen);
    this.middle.append(this.dialogs.toasts);
    this.photos = this.#picker("image/*", (file) => this.#sendPhoto(file));
    this.files = this.#picker(null, (file) => this.#sendDocument(file));
    this.main.append(this.photos, this.files);
  }

  #header() {
    const names = make("div", { class: "tg-names" }, this.title, this.state);
    return make("header", { class: "tg-header" }, this.forum.back, this.avatar, names, this.more);
  }

  #middle() {
    this.middle = make("div", { class: "tg-middle" }, make("div", { class: "tg-wallpaper" }), this.history.scroller, this.history.down, this.forum.list);
    return this.middle;
  }

  #picker(accept, take) {
    const input = make("input", { type: "file", accept, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    input.addEventListener("change", () => {
      if (input.files[0]) take(input.files[0]);
      input.value = "";
    });
    return input;
  }

  listen() {
    this.link.listen({
      onSnapshot: (snapshot, error) => this.#show(snapshot, error),
      onEvent: (event) => this.#change(event),
      onLine: (stands) => this.#setState({ offline: !stands }),
    });
  }

  #show(snapshot, error) {
    if (!snapshot) {
      this.history.show([], { group: false, now: 0 });
      this.history.empty.hidden = false;
      this.history.empty.replaceChildren(make("p", {}, error instanceof Refused ? "Такого облікового запису тут немає." : "Немає зв’язку."));
      this.composer.setState("gone");
      return;
    }
    this.bot = snapshot.bot;
    this.snapshot = snapshot;
    this.commands = snapshot.commands;
    this.blocked = snapshot.blocked;
    this.forum.show(snapshot);
    this.redraw();
    this.composer.setCommands(snapshot.commands);
    this.composer.setKeyboard(snapshot.reply_keyboard);
  }

  /** The conversation that is open: the whole chat, or one topic of a forum. */
  redraw() {
    const { bot, chat, members: inside, now, pinned } = this.snapshot;
    const topic = this.forum.current();
    const name = this.private ? bot.name : (topic?.name ?? chat.title);
    this.resting = this.private ? "бот" : topic ? `${topic.closed ? "тему закрито, " : ""}${chat.title}` : members(inside.length + 1);
    this.title.textContent = name;
    this.avatar.textContent = initial(name);
    this.more.hidden = !this.private && !this.forum.on;
    if (this.forum.on) this.more.ariaLabel = this.more.title = "Дії з темами";
    const atEnd = this.history.pinned || this.drawn !== this.forum.open;
    if (this.drawn !== this.forum.open) this.#setAbout(null);
    this.drawn = this.forum.open;
    const shown = this.forum.inOpen();
    this.history.show(shown, { group: !this.private, now });
    this.pinned.show(pinned, shown);
    if (atEnd) this.history.toEnd(false);
    this.#settle();
  }

  /** What the bottom and the empty screen show follows from the messages. */
  #settle() {
    const fresh = this.private && this.history.messages.size === 0;
    this.history.empty.hidden = !fresh;
    this.history.empty.replaceChildren(make("p", {}, "Тут поки що немає повідомлень. Натисніть «Розпочати»."));
    const listed = this.forum.on && this.forum.open === null;
    this.composer.element.hidden = listed;
    this.composer.setState(this.blocked ? "blocked" : fresh ? "fresh" : "open");
    this.#setState({});
  }

  #change(event) {
    switch (event.type) {
      case "message":
      case "edited":
        this.forum.put(event.message);
        if (this.forum.has(event.message)) this.history.put(event.message);
        return this.#settle();
      case "deleted":
        this.forum.remove(event.message_ids);
        this.history.remove(event.message_ids);
        return this.#settle();
      case "reply_keyboard":
        return this.composer.setKeyboard(event.keyboard);
      case "chat_action":
        return this.#setBusy(event);
      case "chat":
        this.blocked = event.blocked;
        return this.#settle();
      case "callback_answer":
        return this.taps.answered(event);
      case "force_reply":
        return this.composer.field.focus();
    }
  }

  #setBusy({ action, seconds }) {
    clearTimeout(this.busyTimer);
    this.#setState({ action });
    if (action) this.busyTimer = setTimeout(() => this.#setState({ action: null }), seconds * 1000);
  }

  #setState(change) {
    this.status = { ...this.status, ...change };
    const { offline, action } = this.status;
    this.state.textContent = offline ? "з’єднання…" : action ? busyWord(action) : (this.resting ?? "");
    this.state.classList.toggle("tg-active", Boolean(action) && !offline);
  }

  /** What the parts of a message do when they are pressed. */
  #deeds() {
    return {
      command: (text) => this.#say(text),
      more: this.private ? null : (message, anchor) => this.#aboutMessage(message, anchor),
      start: (payload) => this.#do("start", { payload }),
      ownLink: (url) => ownLink(url, this.bot.username),
      look: (source, words) => this.dialogs.look(source, words),
      find: (id) => this.history.find(id),
      isBusy: (id, data) => this.taps.isBusy(id, data),
      press: (message, button, row, column) => this.taps.press(message, button, row, column),
    };
  }

  #say(text) {
    const about = this.about;
    this.#setAbout(null);
    if (about?.edit) return this.#do("edit", { message_id: about.edit, text });
    return this.#do("say", { text, ...this.#place(about) });
  }

  #place(about) {
    return { ...this.forum.place(), ...(about?.reply ? { reply_to: about.reply } : {}) };
  }

  /** What is being answered or edited, shown over the field. */
  #setAbout(about) {
    this.about = about;
    this.composer.setAbout(about);
  }

  #aboutMessage(message, anchor) {
    const text = message.text ?? message.caption ?? "";
    const reply = { reply: message.message_id, title: `Відповідь: ${message.from.name}`, text: text || "Повідомлення" };
    const edit = { edit: message.message_id, title: "Зміна повідомлення", text, fill: text };
    const own = message.from.id === this.link.user && !message.contact;
    const items = [["Відповісти", () => this.#setAbout(reply)], ...(own ? [["Змінити", () => this.#setAbout(edit)]] : [])];
    this.dialogs.menu("Дії з повідомленням", items, "tg-menu-low", anchor);
  }

  async #shareContact() {
    const words = "Бот дізнається ваш номер телефону. Це може знадобитися для роботи з іншими службами.";
    if (await this.dialogs.confirm("Поділитися номером?", words, "Поділитися")) await this.#do("share_phone");
  }

  #chooseKind() {
    const kinds = [
      ["Фото", () => this.photos.click(), "photo"],
      ["Файл", () => this.files.click(), "file"],
    ];
    this.dialogs.menu("Що надіслати", kinds, "tg-menu-low", this.composer.attach);
  }

  #chooseCommand() {
    const items = this.commands.map(({ command, description }) => [
      [make("b", {}, `/${command}`), make("span", {}, description)],
      () => this.#say(`/${command}`),
    ]);
    this.dialogs.menu("Команди бота", items, "tg-menu-wide", this.composer.commands);
  }

  #menu() {
    if (this.forum.on) return this.dialogs.menu("Дії з темами", this.forum.deeds(), "tg-menu-high");
    const items = [
      ["Почати знову", () => this.#do("start")],
      this.blocked ? ["Розблокувати", () => this.#do("unblock")] : ["Зупинити та заблокувати", () => this.#block()],
      ["Очистити історію", () => this.#forget()],
    ];
    this.dialogs.menu("Дії з ботом", items, "tg-menu-high");
  }

  async #block() {
    const words = "Бот більше не зможе писати вам, доки ви його не перезапустите.";
    if (await this.dialogs.confirm("Заблокувати бота?", words, "Заблокувати")) await this.#do("block");
  }

  async #forget() {
    const words = "Повідомлення зникнуть, і розмова почнеться спочатку.";
    if (await this.dialogs.confirm("Очистити історію?", words, "Очистити")) await this.#do("forget");
  }

  async #sendPhoto(file) {
    const photo = await asPhoto(file);
    if (!photo) return this.#sendDocument(file);
    const picture = URL.createObjectURL(photo);
    const caption = await this.dialogs.preview("Надіслати фото", picture, file.name);
    URL.revokeObjectURL(picture);
    if (caption !== null) await this.#try(() => this.#sendFile("photo", photo, "photo.jpg", caption));
  }

  async #sendDocument(file) {
    const caption = await this.dialogs.preview("Надіслати файл", null, `${file.name}, ${fileSize(file.size)}`);
    if (caption !== null) await this.#try(() => this.#sendFile("document", file, file.name, caption));
  }

  #sendFile(kind, file, name, caption) {
    const place = this.#place(this.about);
    this.#setAbout(null);
    return this.link.sendFile(kind, file, name, { caption, ...place });
  }

  act(name, fields) {
    return this.#do(name, fields);
  }

  #do(act, fields) {
    return this.#try(() => this.link.act(act, fields));
  }

  async #try(deed) {
    try {
      return await deed();
    } catch (error) {
      this.dialogs.toast(error instanceof Refused ? `Не вийшло: ${error.message}` : "Немає зв’язку. Спробуйте ще раз.");
      return null;
    }
  }

  unmount() {
    clearTimeout(this.busyTimer);
    this.taps.close();
    this.dialogs.close();
    this.history.close();
    this.link.close();
    this.element.remove();
  }
}
