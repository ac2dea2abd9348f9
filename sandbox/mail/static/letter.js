// One letter: who, what, its files, and its body in three views.

/** An element with attributes and children; text always goes in as text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function opened(letter, base) {
  const at = new Date(letter.at).toLocaleString("uk-UA", { dateStyle: "medium", timeStyle: "short" });
  const facts = make("dl", { class: "mail-facts" });
  const unsubscribe = header(letter, "list-unsubscribe")?.match(/<(https?:[^>]+)>/)?.[1];
  for (const [name, value] of [["Від", letter.from], ["Кому", letter.to || letter.envelope_to.join(", ")], ["Коли", at]])
    facts.append(make("dt", {}, name), make("dd", {}, value));
  if (unsubscribe) facts.append(make("dt", {}, "Відписка"), make("dd", {}, link(unsubscribe, unsubscribe)));
  const parts = [make("h3", { class: "mail-title" }, letter.subject || "(без теми)"), facts];
  if (letter.attachments.length) parts.push(files(letter, base));
  return [...parts, ...body(letter, base)];
}

function files(letter, base) {
  return make("ul", { class: "mail-attached", "aria-label": "Файли" }, ...letter.attachments.map((file, place) =>
    make("li", {}, make("a", { href: `${base}/letters/${letter.id}/files/${place}`, download: file.name },
      `${file.name}, ${size(file.size)}`))));
}

function body(letter, base) {
  const views = { "Лист": () => frame(letter, base), "Текст": () => text(letter), "Заголовки": () => headers(letter, base) };
  if (!letter.has_html) delete views["Лист"];
  const shown = make("div", { class: "mail-shown" });
  const buttons = Object.entries(views).map(([name, view]) => {
    const button = make("button", { type: "button", "aria-pressed": "false" }, name);
    button.addEventListener("click", () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      shown.replaceChildren(view());
    });
    return button;
  });
  buttons[0].click();
  return [make("div", { class: "mail-views", role: "group", "aria-label": "Як показати" }, ...buttons), shown];
}

function frame(letter, base) {
  return make("iframe", {
    title: "Вміст листа",
    sandbox: "allow-popups allow-popups-to-escape-sandbox",
    src: `${base}/letters/${letter.id}/html`,
  });
}

function text(letter) {
  const pieces = letter.text.split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)])/u);
  return make("pre", { class: "mail-text" }, ...pieces.map((piece, place) => (place % 2 ? link(piece, piece) : piece)));
}

function headers(letter, base) {
  const lines = letter.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  const whole = make("a", { href: `${base}/letters/${letter.id}/raw`, download: `${letter.id}.eml` }, "Зберегти лист (.eml)");
  return make("div", {}, make("pre", { class: "mail-text" }, lines), whole);
}

function link(address, words) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

function header(letter, name) {
  return letter.headers.find(([found]) => found.toLowerCase() === name)?.[1];
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} Б` : bytes < 1048576 ? `${Math.round(bytes / 1024)} КБ` : `${(bytes / 1048576).toFixed(1)} МБ`;
}
