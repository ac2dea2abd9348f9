// A new price of one article in one price type.
import { Trouble } from "./wire.js";
import { openForm } from "./dialog.js";
import { el, field, fresh } from "./dom.js";
import { search } from "./search.js";
import { hryvnias, money, typed } from "./words.js";

export function openPrice(host, wire, done) {
  let article = null;
  const names = new Set();
  const amount = el("input", { type: "text", inputmode: "decimal", maxlength: "12", autocomplete: "off" });
  const types = el("fieldset", { class: "c1-types", hidden: true });
  const group = fresh("type");

  const draw = () => {
    const choices = [...names].map((name, index) => {
      const price = article.prices[name];
      const radio = el("input", { type: "radio", name: group, value: name, checked: index === 0 });
      radio.addEventListener("change", () => offer(price));
      return el("label", {}, radio, el("span", {}, name), el("b", {}, price === undefined ? "немає" : hryvnias(price)));
    });
    types.replaceChildren(el("legend", {}, "Тип цін"), ...choices);
    types.hidden = false;
    offer(article.prices[[...names][0]]);
  };
  const offer = (price) => (amount.value = price === undefined ? "" : money(price));

  const found = search({
    label: "Товар",
    placeholder: "Назва або артикул",
    find: async (q) => {
      const { articles } = await wire.get("/articles", { q });
      articles.forEach((one) => Object.keys(one.prices).forEach((name) => names.add(name)));
      return articles;
    },
    name: (one) => one.name,
    show: (one) => [el("b", {}, one.name), el("small", {}, one.sku)],
    taken: (one) => {
      article = one;
      draw();
      amount.focus();
      amount.select();
    },
  });
  found.input.addEventListener("input", () => {
    article = null;
    types.hidden = true;
  });

  openForm(host, {
    title: "Змінити ціну",
    action: "Установити ціну",
    content: [found.node, types, field("Нова ціна, грн", amount)],
    done,
    send: async () => {
      if (!article) throw new Trouble("Виберіть товар зі списку.");
      const price = typed(amount.value);
      if (price === null) throw new Trouble("Ціна має бути числом, більшим за нуль.");
      const type = types.querySelector("input:checked").value;
      await wire.post("/prices", { article: article.ref, price_type: type, price });
      return { article, type, price };
    },
  });
}
