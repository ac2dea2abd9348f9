// One document in the cabinet: what it is, how far it has come, what can be done with it.
import { button, make, money, when } from "./dom.js";

const MOODS = { 7006: "vc-bad", 7008: "vc-good", 7011: "vc-bad", 7003: "vc-wait", 7002: "vc-wait", 7004: "vc-wait", 7007: "vc-wait" };
const OTHER = { edrpou: "37193071", name: "ТОВ «Зовсім інша компанія»" };

/** `act(path, fields)` asks the control side for something about this document, `drop()` deletes it. */
export function documentRow(shown, { base, act, drop }) {
  const day = shown.date && `від ${shown.date.split("-").reverse().join(".")}`;
  const called = [shown.number && `№ ${shown.number}`, day].filter(Boolean).join(" ");
  const facts = [called, shown.amount && money(shown.amount)].filter(Boolean).join(" · ");
  const named = shown.recipients.map((one) => [one.name || shown.recipient_name, one.edrpou, ...one.emails].filter(Boolean).join(", "));
  return make(
    "li",
    { class: "vc-row", "data-id": shown.id },
    make("div", { class: "vc-title" }, make("b", {}, shown.title), make("span", { class: `vc-chip ${MOODS[shown.status] ?? ""}` }, shown.status_text)),
    ...lines([facts, named.length ? `Кому: ${named.join("; ")}` : "Отримувача не вказано"]),
    ...lines(shown.signed.map((one) => `Підписано: ${one.signer_name}, ${one.company_name || one.edrpou}, ${when(one.timestamp)}`)),
    ...lines(shown.comments.map((one) => `${one.type === "rejection" ? "Причина відмови" : "Коментар"}: ${one.text}`)),
    ...lines(shown.delete_requests.filter((one) => one.status === "new").map((one) => `Просимо видалити: ${one.message || "без пояснення"}`)),
    deeds(shown, { base, act, drop }),
  );
}

function deeds(shown, { base, act, drop }) {
  const made = make("div", { class: "vc-deeds" });
  if (shown.owner_turn) made.append(button("Підписати від постачальника", () => act("owner-signs", {}), "vc-main"));
  made.append(link("Сторінка клієнта", `${base}/${shown.page}`), link("Файл", `${base}/${shown.file}`));
  made.append(button("Видалити", drop, "vc-danger"));
  const asked = shown.delete_requests.some((one) => one.status === "new");
  if (!shown.client_turn && !asked) return made;
  const more = make("div", { class: "vc-deeds" });
  if (shown.client_turn) {
    more.append(
      button("Клієнт підписує", () => act("client-signs", {})),
      button("Клієнт відхиляє", () => act("client-rejects", { text: "Не погоджуємось із відтермінуванням" })),
      button("Підписує інша компанія", () => act("client-signs", OTHER)),
    );
  }
  if (asked) more.append(button("Клієнт дозволяє видалити", () => act("delete-request", { accept: true })));
  return make("div", {}, made, make("details", { class: "vc-more" }, make("summary", {}, "За клієнта"), more));
}

const lines = (texts) => texts.filter(Boolean).map((text) => make("p", { class: "vc-small" }, text));

function link(words, address) {
  return make("a", { class: "vc-button", href: address, target: "_blank", rel: "noopener" }, words);
}
