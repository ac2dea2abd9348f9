// The managers' group, as one of them has it on the phone.
import { make } from "../dom.js";

export const id = "managers";
export const title = "Менеджери";
export const place = "side";
export const order = 35;

export const available = (config) => config.panels.includes("telegram") && config.managers !== null;

export async function mount(body, config, panel) {
  const files = "/telegram/_control/static";
  const sheet = `${files}/phone.css`;
  if (!document.querySelector(`link[href="${sheet}"]`)) document.head.append(make("link", { rel: "stylesheet", href: sheet }));
  const { mount: mountPhone } = await import(`${files}/phone.js`);
  const screen = make("div", { class: "device-screen" });
  body.append(make("div", { class: "device" }, screen));
  mountPhone(screen, { base: "/telegram", user: config.managers.user, chat: config.managers.chat });
  let unread = 0;
  let filled = false;
  new MutationObserver((changes) => {
    const grown = changes.filter((one) => one.target.matches("[role=log]")).reduce((sum, one) => sum + one.addedNodes.length, 0);
    if (filled && grown && !panel.isShown()) panel.setUnread((unread += grown));
    filled ||= grown > 0;
  }).observe(screen, { childList: true, subtree: true });
  panel.onShown(() => panel.setUnread((unread = 0)));
}
