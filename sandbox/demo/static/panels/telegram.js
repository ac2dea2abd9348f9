// The phone with Telegram.
import { mountPhone } from "../phone-panel.js";

export const id = "telegram";
export const title = "Telegram";
export const place = "phone";
export const order = 10;

export const available = (config) => config.panels.includes("telegram");

export function mount(body, config, panel) {
  const { people } = config;
  const idOf = (person) => person.telegram_user;
  return mountPhone(body, { system: "telegram", people, idOf, preferred: people.find((one) => idOf(one) !== null), panel });
}
