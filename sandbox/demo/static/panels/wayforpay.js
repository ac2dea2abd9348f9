// Payments by card as the gateway sees them, with a link to each page where one can pay.
import { make } from "../dom.js";

export const id = "wayforpay";
export const title = "Картка";
export const place = "side";
export const order = 45;

const FILES = "/wayforpay/_control/static";

export const available = (config) => config.panels.includes("wayforpay");

export async function mount(body, config, panel) {
  document.head.append(make("link", { rel: "stylesheet", href: `${FILES}/attempts.css` }));
  const { mount: open } = await import(`${FILES}/attempts.js`);
  let unread = 0;
  panel.onShown(() => panel.setUnread((unread = 0)));
  open(body, {
    base: "/wayforpay",
    changed: (attempt, words) => {
      if (panel.isShown()) return;
      panel.setUnread(++unread);
      panel.toast({ title: "Картка", text: words, action: { label: "Показати", run: panel.show } });
    },
  });
}
