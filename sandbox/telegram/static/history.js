// The list of messages: grows at the end, changes in place, keeps the reader's place.
import { bubble } from "./bubble.js";
import { icon, make } from "./dom.js";
import { dayKey, dayName } from "./words.js";

const BY_HAND = 1000;
const NEAR = 80;
const KEPT = 1000;
const GROUPED_SECONDS = 600;

export class History {
  constructor({ user, on, address }) {
    this.user = user;
    this.setting = { on, address, group: false };
    this.messages = new Map();
    this.places = new Map();
    this.list = make("div", { class: "tg-list", role: "log", "aria-live": "polite", "aria-label": "Повідомлення" });
    this.empty = make("div", { class: "tg-empty", hidden: true });
    this.scroller = make("div", { class: "tg-scroller", tabindex: "0", role: "region", "aria-label": "Розмова" });
    this.scroller.append(this.empty, this.list);
    this.count = make("span", { class: "tg-count", hidden: true });
    this.down = make(
      "button",
      { type: "button", class: "tg-down", "aria-label": "До останніх повідомлень", hidden: true, onclick: () => this.toEnd(true) },
      this.count,
      icon("down"),
    );
    this.unseen = 0;
    this.pinned = true;
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const byHand = (event) => {
      if (event.type !== "pointerdown" || event.target === this.scroller) this.touched = Date.now();
    };
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      this.scroller.addEventListener(kind, byHand, { passive: true });
    }
    this.watch = new ResizeObserver(() => this.pinned && this.toEnd(false));
    this.watch.observe(this.list);
    this.watch.observe(this.scroller);
  }

  /** Shows these messages and no others, touching only what differs. */
  show(messages, { group, now }) {
    this.setting.group = group;
    this.now = now;
    const kept = new Set(messages.map((message) => message.message_id));
    this.remove([...this.messages.keys()].filter((id) => !kept.has(id)));
    messages.forEach((message) => this.put(message, false));
    this.#arrange();
  }

  /** A new message, or a known one changed. */
  put(message, arrange = true) {
    const before = this.messages.get(message.message_id);
    if (before && JSON.stringify(before) === JSON.stringify(message)) return;
    this.messages.set(message.message_id, message);
    this.now = Math.max(this.now ?? 0, message.date);
    if (before) this.#redraw(message);
    else this.#append(message);
    if (arrange) this.#arrange();
    if (!before && arrange) this.#arrived(message);
  }

  remove(ids) {
    for (const id of ids) {
      this.messages.delete(id);
      this.places.get(id)?.remove();
      this.places.delete(id);
    }
    this.#arrange();
  }

  redraw(id) {
    const message = this.messages.get(id);
    if (message) this.#redraw(message);
  }

  find(id) {
    const place = this.places.get(id);
    place?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    place?.animate?.([{ opacity: 0.4 }, { opacity: 1 }], { duration: calm() ? 0 : 700 });
  }

  #append(message) {
    const place = make("div", { class: "tg-message", "data-id": message.message_id });
    this.places.set(message.message_id, place);
    place.append(...this.#draw(message));
    this.list.append(place);
    if (this.messages.size > KEPT) this.remove([this.messages.keys().next().value]);
  }

  #draw(message) {
    return bubble(message, { ...this.setting, own: message.from.id === this.user });
  }

  #redraw(message) {
    const place = this.places.get(message.message_id);
    const image = place.querySelector(".tg-photo img");
    const focused = place.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
    const parts = this.#draw(message);
    const fresh = parts[0].querySelector(".tg-photo img");
    if (image && fresh && image.src === fresh.src) {
      image.alt = fresh.alt;
      fresh.replaceWith(image);
    }
    place.replaceChildren(...parts);
    if (!focused) return;
    const target = place.querySelector(`[data-row="${focused.row}"][data-column="${focused.column}"]`);
    (target ?? this.scroller).focus({ preventScroll: true });
  }

  /** Days between messages, and which of them lie together. */
  #arrange() {
    this.list.querySelectorAll(".tg-day").forEach((day) => day.remove());
    let previous = null;
    for (const [id, message] of this.messages) {
      const place = this.places.get(id);
      const own = message.from.id === this.user;
      const newDay = !previous || dayKey(previous.date) !== dayKey(message.date);
      if (newDay) place.before(make("p", { class: "tg-pill tg-day" }, dayName(message.date, this.now ?? message.date)));
      const joined = !newDay && sameGroup(previous, message);
      place.classList.toggle("tg-own", own);
      place.classList.toggle("tg-service", Boolean(message.service));
      place.classList.toggle("tg-joined", joined);
      place.classList.add("tg-last");
      if (joined) this.places.get(previous.message_id).classList.remove("tg-last");
      previous = message;
    }
  }

  #arrived(message) {
    const own = message.from.id === this.user;
    if (own || this.pinned) this.toEnd(true);
    else this.unseen += 1;
    this.#showDown();
    if (!own) this.scroller.dispatchEvent(new CustomEvent("phone:message", { bubbles: true }));
  }

  toEnd(smoothly) {
    this.pinned = true;
    this.unseen = 0;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly && !calm() ? "smooth" : "instant" });
    this.#showDown();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    // A message that went away moves the view up too; only the person's own hand lets go of the end.
    const movedUp = scrollTop < (this.lastTop ?? 0) && Date.now() - (this.touched ?? 0) < BY_HAND;
    this.lastTop = scrollTop;
    if (near) this.unseen = 0;
    this.pinned = near || (this.pinned && !movedUp);
    this.#showDown();
  }

  #showDown() {
    this.down.hidden = this.pinned;
    this.count.hidden = this.unseen === 0;
    this.count.textContent = this.unseen > 99 ? "99+" : String(this.unseen);
    const more = this.unseen ? `, нових: ${this.unseen}` : "";
    this.down.setAttribute("aria-label", `До останніх повідомлень${more}`);
  }

  close() {
    this.watch.disconnect();
  }
}

function sameGroup(one, other) {
  return !one.service && !one.keyboard.length && !other.service && one.from.id === other.from.id && other.date - one.date < GROUPED_SECONDS;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
