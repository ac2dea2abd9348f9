// Letters as the people they went to read them.
import { make } from "../dom.js";

export const id = "mail";
export const title = "Пошта";
export const place = "side";
export const order = 38;

const FILES = "/mail/assets";

export const available = (config) => config.panels.includes("mail");

export async function mount(body, config, panel) {
  document.head.append(make("link", { rel: "stylesheet", href: `${FILES}/inbox.css` }));
  const { mount: open } = await import(`${FILES}/inbox.js`);
  const notices = [];
  let unread = 0;
  const read = () => {
    unread = 0;
    panel.setUnread(0);
    notices.splice(0).forEach((drop) => drop());
  };
  panel.onShown(read);
  await open(body, {
    base: "/mail",
    read,
    arrived: (letter, show) => {
      panel.setUnread(++unread);
      const run = () => {
        panel.show();
        show();
      };
      notices.push(panel.toast({
        title: `Лист: ${letter.envelope_to.join(", ")}`,
        text: letter.subject || "(без теми)",
        action: { label: "Відкрити", run },
      }));
    },
  });
}
