// The account as the bank's own page shows it: pay into it, a day of clients' transfers, the statement as a file.
import { make, money, transferRow } from "./transfer-row.js";

const KEPT = 200;
const FORMS = [["csv", "CSV"], ["xlsx", "XLSX"], ["txt", "1С, текст"], ["xml", "1С, XML"]];
const OTHER = { client: "Інша особа", name: "", code: "" };
const CROWD = 8;

/** Fills `body`. `debts()` gives what clients owe; `arrived(transfer)` is called for each new one. */
export async function mount(body, { base, debts, arrived = () => {} }) {
  const ask = (path, options) => fetch(`${base}/_control/${path}`, options).then(told);
  const send = (path, fields) =>
    ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields) });
  const head = make("p", { class: "bk-account" });
  const said = make("p", { class: "bk-said", role: "status" });
  const list = make("ol", { class: "bk-list", tabindex: "0", "aria-label": "Перекази, найновіші вгорі" });
  const empty = make("p", { class: "empty" }, "Переказів ще немає. Сплатіть рахунок самі або попросіть, щоб сплатили клієнти.");
  const form = await payForm({ debts, send, said });
  body.append(make("div", { class: "bk" }, head, form, statement(base), said, empty, list));

  const account = async () => {
    const { name, iban, balance } = await ask("account");
    head.replaceChildren(make("b", {}, name), make("span", {}, iban), make("strong", {}, `${money(balance)} грн`));
  };
  const show = (transfer) => {
    empty.hidden = true;
    list.prepend(transferRow(transfer));
    while (list.children.length > KEPT) list.lastElementChild.remove();
  };
  const { transfers } = await ask("transfers");
  transfers.slice(-KEPT).forEach(show);
  await account();
  const stream = new EventSource(`${base}/_control/events?after=${transfers.at(-1)?.id ?? 0}`);
  stream.addEventListener("transfer", ({ data }) => {
    const transfer = JSON.parse(data);
    show(transfer);
    arrived(transfer);
    account();
  });
  stream.addEventListener("reset", () => {
    list.replaceChildren();
    empty.hidden = false;
    account();
  });
}

async function told(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

/** Who pays what and with which words; choosing a debt fills the rest in. */
async function payForm({ debts, send, said }) {
  const whose = make("select", {});
  const name = make("input", { maxlength: "160", required: "" });
  const code = make("input", { maxlength: "10", inputmode: "numeric", pattern: "\\d{8}|\\d{10}" });
  const amount = make("input", { inputmode: "decimal", required: "", placeholder: "0,00" });
  const purpose = make("textarea", { maxlength: "420", rows: "2", required: "" });
  const pay = make("button", { class: "quiet bk-main", type: "submit" }, "Сплатити переказом");
  const crowd = make("button", { class: "quiet", type: "button" }, "Нехай платять клієнти");
  const paid = new Set();
  const unpaid = async () => (await debts()).filter((debt) => !paid.has(debt.number));
  let owed = [];
  const chosen = () => owed[Number(whose.value)] ?? OTHER;
  /** The debts as they are now; the chosen one stays chosen while it is there. */
  const fill = async () => {
    const before = chosen().number;
    owed = [OTHER, ...(await unpaid())];
    const at = Math.max(0, owed.findIndex((debt) => debt.number === before));
    whose.replaceChildren(...owed.map((debt, index) => make("option", { value: String(index) }, words(debt))));
    whose.value = String(at);
    if (before && !at) choose();
  };
  const choose = () => {
    const debt = chosen();
    name.value = debt.name;
    code.value = debt.code;
    amount.value = debt.left?.replace(".", ",") ?? "";
    purpose.value = debt.number ? `Оплата за товар зг. рах. №${debt.number} від ${day(debt.date)}` : "";
  };
  const act = async (deed, done) => {
    try {
      const { transfers } = await deed();
      said.textContent = done(transfers.length);
      await fill();
    } catch {
      said.textContent = "Банк не прийняв переказ: перевірте суму, код і призначення.";
    }
  };
  whose.addEventListener("change", choose);
  whose.addEventListener("pointerenter", fill);
  crowd.addEventListener("click", async () => {
    const payers = (await unpaid()).filter((debt) => debt.code).slice(0, CROWD);
    payers.forEach((debt) => paid.add(debt.number));
    const asked = payers.map((debt) => ({ number: debt.number, day: debt.date, amount: debt.left, name: debt.name, code: debt.code }));
    await act(() => send("crowd", { debts: asked, seed: Math.floor(Math.random() * 1e6) }), (count) => `Нових переказів: ${count}.`);
  });
  const form = make(
    "form",
    { class: "bk-form" },
    field("Рахунок", whose, "bk-wide"), field("Хто платить", name), field("ЄДРПОУ або РНОКПП", code), field("Сума, грн", amount),
    field("Призначення платежу", purpose, "bk-wide"), make("div", { class: "bk-deeds" }, pay, crowd),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sum = amount.value.replace(/\s/g, "").replace(",", ".");
    const fields = { name: name.value, code: code.value, amount: sum, purpose: purpose.value };
    const { number } = chosen();
    act(() => send("pay", fields), () => paid.add(number) && "Переказ надійшов.");
  });
  await fill();
  return form;
}

const day = (iso) => iso.split("-").reverse().join(".");

function words(debt) {
  return debt.number ? `${debt.client}: №${debt.number} від ${day(debt.date)}, ${money(debt.left)} грн` : debt.client;
}

function field(label, control, more = "") {
  return make("label", { class: `bk-field ${more}` }, make("span", {}, label), control);
}

/** Downloads of the days from one to another. */
function statement(base) {
  const from = make("input", { type: "date", "aria-label": "Виписка від" });
  const to = make("input", { type: "date", "aria-label": "Виписка до" });
  const links = FORMS.map(([form, title]) => [form, make("a", { class: "quiet", download: "" }, title)]);
  const point = () => {
    const days = [["from", from.value], ["to", to.value]].filter(([, value]) => value);
    links.forEach(([form, link]) => (link.href = `${base}/statement.${form}?${new URLSearchParams(days)}`));
  };
  for (const one of [from, to]) one.addEventListener("change", point);
  point();
  const period = make("span", { class: "bk-period" }, from, "–", to);
  return make("div", { class: "bk-statement" }, make("b", {}, "Виписка за сьогодні або за дні"), period, ...links.map(([, link]) => link));
}
