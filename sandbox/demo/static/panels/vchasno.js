// The service where contracts are signed: the wholesaler's cabinet, and the page of each client.
import { make } from "../dom.js";

export const id = "vchasno";
export const title = "Вчасно";
export const place = "side";
export const order = 39;

const FILES = "/vchasno/assets";

export const available = (config) => config.panels.includes("vchasno");

export async function mount(body, config, panel) {
  document.head.append(make("link", { rel: "stylesheet", href: `${FILES}/window.css` }));
  const { mount: open } = await import(`${FILES}/window.js`);
  let unread = 0;
  panel.onShown(() => panel.setUnread((unread = 0)));
  await open(body, {
    base: "/vchasno",
    changed: (shown) => {
      if (panel.isShown()) return;
      panel.setUnread(++unread);
      const action = { label: "Показати", run: panel.show };
      panel.toast({ title: `Вчасно: ${shown.title}`, text: shown.status_text, action });
    },
  });
}
