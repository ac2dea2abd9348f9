// Presses of buttons under messages: which wait for the bot's answer, and what the answer shows.

const ANSWER_SECONDS = 20;

/** The payload of the bot's own start link, or null for any other address. */
export function ownLink(url, username) {
  const match = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)(?:\?start=([\w-]{0,64}))?$/i.exec(url);
  return match && username && match[1].toLowerCase() === username.toLowerCase() ? (match[2] ?? "") : null;
}

export class Taps {
  /** `phone` has act(name, fields), dialogs, bot and history. */
  constructor(phone, user) {
    this.phone = phone;
    this.user = user;
    this.busy = new Map();
    this.waiting = new Map();
    this.early = new Map();
  }

  isBusy(id, data) {
    return this.busy.has(`${id} ${data}`);
  }

  async press(message, button, row, column) {
    const { dialogs, history } = this.phone;
    if (button.kind === "copy_text") return this.#copy(button.copy_text);
    if (button.kind !== "callback") return dialogs.toast("Ця кнопка працює лише у справжньому Telegram.");
    const key = `${message.message_id} ${button.data}`;
    if (this.busy.has(key)) return;
    const stop = () => {
      clearTimeout(this.busy.get(key));
      this.busy.delete(key);
      this.waiting.forEach((one, id) => one === stop && this.waiting.delete(id));
      history.redraw(message.message_id);
    };
    this.busy.set(key, setTimeout(stop, ANSWER_SECONDS * 1000));
    history.redraw(message.message_id);
    const told = await this.phone.act("tap", { message_id: message.message_id, row, column, wait: 0 });
    if (!told?.query_id) return stop();
    this.waiting.set(told.query_id, stop);
    const early = this.early.get(told.query_id);
    this.early.clear();
    if (early) this.answered(early);
  }

  answered(answer) {
    if (answer.user !== undefined && answer.user !== this.user) return;
    const stop = this.waiting.get(answer.query_id);
    if (!stop) {
      this.early.set(answer.query_id, answer);
      return;
    }
    this.waiting.delete(answer.query_id);
    stop();
    const { bot, dialogs } = this.phone;
    const payload = answer.url ? ownLink(answer.url, bot.username) : null;
    if (payload !== null) this.phone.act("start", { payload });
    if (!answer.text) return;
    if (answer.show_alert) dialogs.alert(bot.name, answer.text);
    else dialogs.toast(answer.text);
  }

  async #copy(text) {
    const { dialogs } = this.phone;
    try {
      await navigator.clipboard.writeText(text);
      dialogs.toast("Текст скопійовано.");
    } catch {
      dialogs.alert("Скопіюйте текст", text);
    }
  }

  close() {
    this.busy.forEach(clearTimeout);
  }
}
