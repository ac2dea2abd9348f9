// The wholesaler's bank: who paid by a transfer, and the statement.
import { make } from "../dom.js";

export const id = "bank";
export const title = "Банк";
export const place = "side";
export const order = 46;

const FILES = "/bank/assets";

export const available = (config) => config.panels.includes("bank");

export async function mount(body, config, panel) {
  document.head.append(make("link", { rel: "stylesheet", href: `${FILES}/bank.css` }));
  const { mount: open } = await import(`${FILES}/bank.js`);
  let unread = 0;
  panel.onShown(() => panel.setUnread((unread = 0)));
  const debts = async () => {
    if (!config.panels.includes("onec")) return [];
    return (await (await fetch("/onec/_control/debts")).json()).debts;
  };
  await open(body, { base: "/bank", debts, arrived: () => panel.isShown() || panel.setUnread(++unread) });
}
