// One attempt: sum, what for, state, card, the way to its page, and what the shop answered.

const SIGNS = { UAH: "₴", USD: "$", EUR: "€" };
const STATES = {
  Created: ["wait", "Чекає оплати"],
  InProcessing: ["wait", "В обробці"],
  Pending: ["wait", "На перевірці"],
  WaitingAuthComplete: ["calm", "Заблоковано"],
  Approved: ["good", "Оплачено"],
  Declined: ["bad", "Відхилено"],
  Expired: ["bad", "Прострочено"],
  Refunded: ["calm", "Повернено"],
  Voided: ["calm", "Блокування знято"],
  RefundInProcessing: ["wait", "Повернення чекає"],
};
const SYSTEMS = { googlePay: "Google Pay", applePay: "Apple Pay" };
const PAYABLE = new Set(["Created", "Declined"]);
const ANSWERS = {
  accepted: ["good", "магазин прийняв"],
  given_up: ["bad", "магазин не відповів, більше не надсилаємо"],
  forged: ["wait", "підробка"],
};

/** 1 234,50 ₴ */
export function money(amount, currency) {
  const written = Number(amount).toLocaleString("uk-UA", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${written}\u00a0${SIGNS[currency] ?? currency}`;
}

/** A row that can be shown anew; `words` are for a notice. */
export function row(base) {
  const sum = make("b", "wp-sum");
  const chip = make("span", "wp-chip");
  const what = make("p", "wp-what");
  const how = make("p", "wp-how");
  const link = Object.assign(make("a", "wp-link"), { textContent: "Сторінка оплати", target: "_blank", rel: "noopener" });
  const told = make("ul", "wp-told");
  const head = make("div", "wp-head");
  head.append(sum, chip);
  const node = make("li", "wp-attempt");
  node.append(head, what, how, link, told);
  const heard = new Map();
  return {
    node,
    order: null,
    words: "",
    show(order) {
      this.order = order;
      const [mood, name] = order.removed ? ["bad", "Скасовано"] : STATES[order.status] ?? ["wait", order.status];
      const refunded = Number(order.refunded) > 0 && Number(order.refunded) < Number(order.amount);
      sum.textContent = money(order.amount, order.currency);
      chip.className = `wp-chip wp-${mood}`;
      chip.textContent = refunded ? `Повернено ${money(order.refunded, order.currency)}` : name;
      this.words = `${chip.textContent}: ${sum.textContent}`;
      what.textContent = purpose(order);
      const time = new Date((order.processed_at || order.created_at) * 1000);
      const clock = time.toLocaleTimeString("uk-UA", { hour: "2-digit", minute: "2-digit" });
      const reason = order.status === "Declined" ? `${order.reason} (${order.code})` : "";
      how.textContent = [clock, SYSTEMS[order.system] ?? order.card, reason].filter(Boolean).join(", ");
      link.href = order.kind === "invoice" ? `${base}/invoice/${order.id}` : `${base}/page?vkh=${order.id}`;
      link.hidden = order.removed || !(PAYABLE.has(order.status) || order.step);
    },
    heard(callback) {
      if (!heard.has(callback.id)) {
        heard.set(callback.id, make("li", "wp-answer"));
        told.append(heard.get(callback.id));
      }
      const last = callback.attempts.at(-1);
      const [mood, words] = ANSWERS[callback.state] ?? ["wait", last ? "не прийнято, надішлемо ще" : "у дорозі"];
      const times = callback.attempts.length > 1 ? `, спроб: ${callback.attempts.length}` : "";
      const problem = last?.problem ? ` (${last.problem})` : "";
      const item = heard.get(callback.id);
      item.className = `wp-answer wp-${mood}`;
      const name = STATES[callback.status]?.[1] ?? callback.status;
      item.textContent = `${name}: ${words}${problem}${times}`;
    },
  };
}

function purpose(order) {
  const [first, ...rest] = order.items;
  const name = first?.name ?? order.reference;
  return rest.length ? `${name} і ще ${rest.length}` : name;
}

function make(tag, name) {
  return Object.assign(document.createElement(tag), { className: name });
}
