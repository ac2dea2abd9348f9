// A group of the wholesaler's own people, as one of them has it on the phone.
import { make } from "./dom.js";

export const isThere = (config, desk) => config.panels.includes("telegram") && desk in config.groups;

export async function mountGroup(body, config, panel, desk) {
  const files = "/telegram/_control/static";
  const sheet = `${files}/phone.css`;
  if (!document.querySelector(`link[href="${sheet}"]`)) document.head.append(make("link", { rel: "stylesheet", href: sheet }));
  const { mount: mountPhone } = await import(`${files}/phone.js`);
  const screen = make("div", { class: "device-screen" });
  body.append(make("div", { class: "device" }, screen));
  mountPhone(screen, { base: "/telegram", ...config.groups[desk] });
  let unread = 0;
  screen.addEventListener("phone:message", () => panel.isShown() || panel.setUnread((unread += 1)));
  panel.onShown(() => panel.setUnread((unread = 0)));
}
