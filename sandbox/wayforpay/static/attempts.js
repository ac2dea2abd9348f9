// The shop's attempts to be paid, as the gateway sees them: live, newest first.
import { row } from "./attempt-row.js";

const KEPT = 100;
const EMPTY = "Поки що ніхто не платив карткою. Коли клієнт обере оплату карткою, вона з’явиться тут.";
const TOLD = new Set(["Approved", "WaitingAuthComplete", "Declined", "Refunded", "Voided", "Expired"]);

/** Fills `body`; `changed(order, words)` is called when a payment comes to something. Returns a function that stops. */
export function mount(body, { base, changed = () => {} }) {
  const view = document.createElement("div");
  view.className = "wp-attempts";
  const empty = Object.assign(document.createElement("p"), { className: "wp-empty", textContent: EMPTY });
  const list = Object.assign(document.createElement("ol"), { className: "wp-list", tabIndex: 0 });
  list.setAttribute("aria-label", "Оплати карткою, найновіші вгорі");
  view.append(empty, list);
  body.append(view);

  const rows = new Map();
  const place = (order) => {
    let shown = rows.get(order.reference);
    const before = shown?.order.status;
    if (!shown) {
      shown = row(base);
      rows.set(order.reference, shown);
      list.prepend(shown.node);
    }
    shown.show(order);
    empty.hidden = true;
    for (const [reference, one] of rows) {
      if (rows.size <= KEPT) break;
      one.node.remove();
      rows.delete(reference);
    }
    return before !== undefined && before !== order.status && TOLD.has(order.status);
  };
  const tell = (callback) => rows.get(callback.reference)?.heard(callback);
  const apply = ({ type, ...what }) => {
    if (type === "order" && place(what)) changed(what, rows.get(what.reference).words);
    if (type === "callback") tell(what);
  };

  // What happens while the whole is read is kept and applied to it afterwards.
  let kept = null;
  const load = async () => {
    const mine = (kept = []);
    const read = async (what) => (await fetch(`${base}/_control/${what}`, { cache: "no-store" })).json();
    const [{ orders }, { callbacks }] = await Promise.all([read("orders"), read("callbacks")]);
    if (mine !== kept) return;
    rows.clear();
    list.replaceChildren();
    empty.hidden = orders.length > 0;
    orders.slice(-KEPT).forEach(place);
    callbacks.forEach(tell);
    kept = null;
    mine.forEach(apply);
  };

  const stream = new EventSource(`${base}/_control/events`);
  stream.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === "hello" || event.type === "reset") load().catch(() => {}); // the next hello reads it again
    else if (kept) kept.push(event);
    else apply(event);
  });
  return () => stream.close();
}
