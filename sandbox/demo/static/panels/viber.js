// The phone with Viber; at first in the hands of a colleague of the one who holds Telegram.
import { mountPhone } from "../phone-panel.js";

export const id = "viber";
export const title = "Viber";
export const place = "phone";
export const order = 20;

export const available = (config) => config.panels.includes("viber");

export function mount(body, config, panel) {
  const { people } = config;
  const idOf = (person) => person.viber_user;
  const first = people.find((one) => one.telegram_user !== null);
  const colleague = people.find((one) => one !== first && one.client === first?.client && idOf(one) !== null);
  return mountPhone(body, { system: "viber", people, idOf, preferred: colleague ?? first, panel });
}
