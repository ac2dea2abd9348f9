// The Telegram client of one person: mount(element, {base, user}) shows the chat with the bot, or a group by `chat`.
import { Composer } from "./composer.js";
import { Dialogs } from "./dialogs.js";
import { icon, make } from "./dom.js";
import { History } from "./history.js";
import { Link, Refused } from "./link.js";
import { asPhoto } from "./pictures.js";
import { busyWord, fileSize, initial, members } from "./words.js";

const ANSWER_SECONDS = 20;

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
    this.busy = new Map();
    this.taps = new Map();
    this.early = new Map();
    this.history = new History({ user, on: this.#deeds(), address: (path) => this.link.address(path) });
    this.composer = new Composer({
      start: () => this.#do("start"),
      restart: () => this.#do("start"),
      say: (text) => this.#do("say", { text }),
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
    this.main = make("div", { class: "tg-main" }, this.#header(), this.#middle(), this.composer.element);
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
    return make("header", { class: "tg-header" }, this.avatar, names, this.more);
  }

  #middle() {
    this.middle = make("div", { class: "tg-middle" }, make("div", { class: "tg-wallpaper" }), this.history.scroller, this.history.down);
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
    this.commands = snapshot.commands;
    this.blocked = snapshot.blocked;
    const name = this.private ? snapshot.bot.name : snapshot.chat.title;
    this.resting = this.private ? "бот" : members(snapshot.members.length + 1);
    this.title.textContent = name;
    this.avatar.textContent = initial(name);
    this.more.hidden = !this.private;
    const atEnd = this.history.pinned;
    this.history.show(snapshot.messages, { group: !this.private, now: snapshot.now });
    if (atEnd) this.history.toEnd(false);
    this.composer.setCommands(snapshot.commands);
    this.composer.setKeyboard(snapshot.reply_keyboard);
    this.#settle();
  }

  /** What the bottom and the empty screen show follows from the messages. */
  #settle() {
    const fresh = this.private && this.history.messages.size === 0;
    this.history.empty.hidden = !fresh;
    this.history.empty.replaceChildren(make("p", {}, "Тут поки що немає повідомлень. Натисніть «Розпочати»."));
    this.composer.setState(this.blocked ? "blocked" : fresh ? "fresh" : "open");
    this.#setState({});
  }

  #change(event) {
    switch (event.type) {
      case "message":
      case "edited":
        this.history.put(event.message);
        return this.#settle();
      case "deleted":
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
        return this.#answered(event);
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
      command: (text) => this.#do("say", { text }),
      start: (payload) => this.#do("start", { payload }),
      ownLink: (url) => ownLink(url, this.bot.username),
      look: (source, words) => this.dialogs.look(source, words),
      find: (id) => this.history.find(id),
      isBusy: (id, data) => this.busy.has(`${id} ${data}`),
      press: (message, button, row, column) => this.#press(message, button, row, column),
    };
  }

  async #press(message, button, row, column) {
    if (button.kind === "copy_text") return this.#copy(button.copy_text);
    if (button.kind !== "callback") return this.dialogs.toast("Ця кнопка працює лише у справжньому Telegram.");
    const key = `${message.message_id} ${button.data}`;
    if (this.busy.has(key)) return;
    const stop = () => {
      clearTimeout(this.busy.get(key));
      this.busy.delete(key);
      this.taps.forEach((one, id) => one === stop && this.taps.delete(id));
      this.history.redraw(message.message_id);
    };
    this.busy.set(key, setTimeout(stop, ANSWER_SECONDS * 1000));
    this.history.redraw(message.message_id);
    const told = await this.#do("tap", { message_id: message.message_id, row, column, wait: 0 });
    if (!told?.query_id) return stop();
    this.taps.set(told.query_id, stop);
    const early = this.early.get(told.query_id);
    this.early.clear();
    if (early) this.#answered(early);
  }

  #answered(answer) {
    if (answer.user !== undefined && answer.user !== this.link.user) return;
    const stop = this.taps.get(answer.query_id);
    if (!stop) {
      this.early.set(answer.query_id, answer);
      return;
    }
    this.taps.delete(answer.query_id);
    stop();
    const payload = answer.url ? ownLink(answer.url, this.bot.username) : null;
    if (payload !== null) this.#do("start", { payload });
    if (!answer.text) return;
    if (answer.show_alert) this.dialogs.alert(this.bot.name, answer.text);
    else this.dialogs.toast(answer.text);
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.dialogs.toast("Текст скопійовано.");
    } catch {
      this.dialogs.alert("Скопіюйте текст", text);
    }
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
      () => this.#do("say", { text: `/${command}` }),
    ]);
    this.dialogs.menu("Команди бота", items, "tg-menu-wide", this.composer.commands);
  }

  #menu() {
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
    if (caption !== null) await this.#try(() => this.link.sendFile("photo", photo, "photo.jpg", caption));
  }

  async #sendDocument(file) {
    const caption = await this.dialogs.preview("Надіслати файл", null, `${file.name}, ${fileSize(file.size)}`);
    if (caption !== null) await this.#try(() => this.link.sendFile("document", file, file.name, caption));
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
    this.busy.forEach(clearTimeout);
    this.dialogs.close();
    this.history.close();
    this.link.close();
    this.element.remove();
  }
}

/** The payload of the bot's own start link, or null for any other address. */
function ownLink(url, username) {
  const match = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)(?:\?start=([\w-]{0,64}))?$/i.exec(url);
  return match && username && match[1].toLowerCase() === username.toLowerCase() ? (match[2] ?? "") : null;
}
