// An order taken by phone: whose, what, how much.
import { Trouble } from "./wire.js";
import { openForm } from "./dialog.js";
import { el, field } from "./dom.js";
import { search } from "./search.js";
import { hryvnias, money, quantity, typed } from "./words.js";

export function openPhoneOrder(host, wire, done) {
  let client = null;
  const lines = [];
  const list = el("ul", { class: "c1-cart", "aria-label": "Рядки замовлення" });
  const total = el("p", { class: "c1-total", hidden: true });
  const comment = el("input", { type: "text", maxlength: "200", autocomplete: "off" });
  const priceOf = (article) => article.prices[client?.price_type] ?? null;

  const draw = () => {
    list.replaceChildren(...lines.map((line, index) => el(
      "li",
      {},
      el("span", { class: "c1-cart-name" }, line.article.name),
      el("span", { class: "c1-cart-count" }, `${quantity(line.quantity)} ${line.article.unit} × ${price(priceOf(line.article))}`),
      el("button", { type: "button", "aria-label": `Прибрати: ${line.article.name}`, onclick: () => drop(index) }, "×"),
    )));
    const sum = lines.reduce((whole, line) => whole + Number(line.quantity) * Number(priceOf(line.article) ?? 0), 0);
    total.hidden = lines.length === 0;
    total.replaceChildren(el("span", {}, "Разом"), el("b", {}, hryvnias(sum)));
  };
  const drop = (index) => {
    lines.splice(index, 1);
    draw();
    articles.input.focus();
  };

  const clients = search({
    label: "Клієнт",
    placeholder: "Назва або код ЄДРПОУ",
    find: async (q) => (await wire.get("/counterparties", { q })).counterparties.filter((one) => !one.marked),
    name: (one) => one.name,
    show: (one) => [el("b", {}, one.name), el("small", {}, [one.edrpou, one.price_type].filter(Boolean).join(" · "))],
    taken: (one) => {
      client = one;
      draw();
      articles.input.focus();
    },
  });
  clients.input.addEventListener("input", () => (client = null));

  const adding = articleRow(wire, () => client, (article, count) => {
    const known = lines.find((line) => line.article.ref === article.ref);
    if (known) known.quantity = String(Number(known.quantity) + Number(count));
    else lines.push({ article, quantity: count });
    draw();
  });
  const articles = adding.search;

  const form = openForm(host, {
    title: "Замовлення телефоном",
    action: "Провести",
    content: [clients.node, adding.node, list, total, field("Коментар", comment)],
    done,
    send: async () => {
      if (!client) throw new Trouble("Виберіть клієнта зі списку.");
      adding.addPending();
      if (!lines.length) throw new Trouble("Додайте хоча б один товар.");
      return wire.post("/orders", {
        counterparty: client.ref,
        comment: comment.value.trim(),
        lines: lines.map((line) => ({ article: line.article.ref, quantity: line.quantity })),
      });
    },
  });
  adding.refuse = form.say;
}

/** The search of an article, its quantity and the button that adds it. */
function articleRow(wire, clientOf, add) {
  let article = null;
  const count = el("input", { type: "text", inputmode: "decimal", maxlength: "12", value: "1" });
  const found = search({
    label: "Товар",
    placeholder: "Назва або артикул",
    find: async (q) => (await wire.get("/articles", { q })).articles.filter((one) => !one.marked),
    name: (one) => one.name,
    show: (one) => [el("b", {}, one.name), el("small", {}, described(one, clientOf()))],
    taken: (one) => {
      article = one;
      count.focus();
      count.select();
    },
  });
  found.input.addEventListener("input", () => (article = null));
  const row = { search: found, refuse: () => {} };
  row.addPending = () => {
    if (!article) {
      if (found.input.value.trim()) throw new Trouble("Виберіть товар зі списку.");
      return;
    }
    const amount = typed(count.value);
    if (amount === null) throw new Trouble("Кількість має бути числом, більшим за нуль.");
    add(article, amount);
    article = null;
    found.clear();
    count.value = "1";
  };
  const press = () => {
    row.refuse("");
    try {
      if (!article && !found.input.value.trim()) throw new Trouble("Знайдіть товар за назвою або артикулом.");
      row.addPending();
      found.input.focus();
    } catch (trouble) {
      row.refuse(trouble.message);
    }
  };
  count.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    press();
  });
  const button = el("button", { type: "button", onclick: press }, "Додати");
  row.node = el("div", { class: "c1-adding" }, found.node, field("Кількість", count), button);
  return row;
}

function described(article, client) {
  const own = client ? article.prices[client.price_type] : Object.values(article.prices)[0];
  return [article.sku, `${price(own)} за ${article.unit}`, `залишок ${quantity(article.stock)}`].join(" · ");
}

const price = (amount) => (amount ? `${money(amount)} грн` : "немає ціни");
