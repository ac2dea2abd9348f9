// The 1C base of the wholesaler: its documents as they arrive, its switch, what its people do.
import { make } from "../dom.js";

export const id = "onec";
export const title = "1С";
export const place = "side";
export const order = 40;

const FILES = "/onec/_control/static";

export const available = (config) => config.panels.includes("onec");

export async function mount(body, config, panel) {
  document.head.append(make("link", { rel: "stylesheet", href: `${FILES}/window.css` }));
  const { mount: open } = await import(`${FILES}/window.js`);
  let unread = 0;
  const read = () => panel.setUnread((unread = 0));
  panel.onShown(read);
  await open(body, {
    base: "/onec",
    notify: panel.toast,
    arrived: () => panel.isShown() || panel.setUnread(++unread),
  });
}
