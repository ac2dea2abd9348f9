// A phone of one messenger and the person who holds it.
import { make, phoneNumber, recall, remember } from "./dom.js";

/** system: "telegram" | "viber"; idOf(person) gives the person's id there, or null. */
export async function mountPhone(body, { system, people, idOf, preferred, panel }) {
  const holders = people.filter((person) => idOf(person) !== null);
  const choice = make("select", { id: `person-${system}`, "aria-describedby": `number-${system}` });
  const number = make("p", { class: "number", id: `number-${system}` });
  const label = make("label", { for: `person-${system}`, class: "sr-only" }, "Хто тримає телефон");
  const device = make("div", { class: "device" });
  choice.append(...groups(holders));
  panel.head.append(make("div", { class: "holder" }, label, choice, number));
  body.append(device);
  if (!holders.length) {
    device.append(make("p", { class: "empty" }, "У демонстрації немає людей із цим месенджером."));
    return;
  }

  const key = `komora-demo-${system}`;
  const saved = holders.findIndex((person) => String(idOf(person)) === recall(key));
  choice.value = String(saved >= 0 ? saved : Math.max(0, holders.indexOf(preferred)));

  const files = `/${system}/_control/static`;
  dress(`${files}/phone.css`);
  const { mount } = await import(`${files}/phone.js`);
  let phone = null;
  let unread = null;
  const put = async () => {
    const person = holders[Number(choice.value)];
    number.textContent = [phoneNumber(person.phone), person.client].filter(Boolean).join(" · ");
    unread?.stop();
    await leave(phone);
    const screen = make("div", { class: "device-screen" });
    device.replaceChildren(screen);
    unread = countUnread(screen, panel);
    phone = await mount(screen, { base: `/${system}`, user: idOf(person) });
  };
  let turn = put();
  choice.addEventListener("change", () => {
    remember(key, String(idOf(holders[Number(choice.value)])));
    turn = turn.then(put);
  });
  panel.onShown(() => {
    unread?.read();
    phone?.refresh?.();
  });
  await turn;
}

/** Takes a phone away: what `mount` gave back is a function to call, or has `destroy` or `unmount`. */
async function leave(phone) {
  if (typeof phone === "function") await phone();
  else await (phone?.destroy ?? phone?.unmount)?.call(phone);
}

/** Counts what joins the phone's log (role="log") while its tab is away; the first filling is history. */
function countUnread(screen, panel) {
  let filled = false;
  let unread = 0;
  panel.setUnread(0);
  const observer = new MutationObserver((changes) => {
    const inLog = changes.filter((change) => change.target.matches("[role=log]"));
    const grown = inLog.reduce((sum, one) => sum + messages(one.addedNodes) - messages(one.removedNodes), 0);
    if (filled && grown > 0 && !panel.isShown()) panel.setUnread((unread += grown));
    filled ||= grown > 0;
  });
  observer.observe(screen, { childList: true, subtree: true });
  const read = () => {
    const log = screen.querySelector("[role=log]");
    if (unread && log) log.scrollTop = log.scrollHeight;
    panel.setUnread((unread = 0));
  };
  return { read, stop: () => observer.disconnect() };
}

function messages(nodes) {
  return [...nodes].filter((node) => node.nodeType === Node.ELEMENT_NODE && !/\bday\b|-day\b/.test(node.className)).length;
}

function dress(href) {
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(make("link", { rel: "stylesheet", href }));
}

function groups(holders) {
  const byClient = new Map();
  holders.forEach((person, index) => {
    const option = make("option", { value: String(index) }, [person.name, person.role].filter(Boolean).join(", "));
    const label = person.client || "Ще не клієнти";
    if (!byClient.has(label)) byClient.set(label, make("optgroup", { label }));
    byClient.get(label).append(option);
  });
  return byClient.values();
}
