// Loads the settings and every panel module, lays the panels out and lends each one its handle.
import { watchClock } from "./clock.js";
import { Layout } from "./layout.js";
import { watchProduct } from "./status.js";
import { toast } from "./toasts.js";

async function start() {
  watchClock(document.getElementById("clock"), toast);
  watchProduct(document.getElementById("status"));
  const config = await (await fetch("/_demo/config")).json();
  document.getElementById("company").textContent = config.company;
  const modules = await Promise.all(config.modules.map((path) => import(path)));
  const panels = modules.filter((one) => one.available(config)).sort((a, b) => a.order - b.order);
  const layout = new Layout(document.getElementById("panels"), document.getElementById("tabs"));
  for (const one of panels) {
    const { body, ...handle } = layout.add(one);
    Promise.resolve(one.mount(body, config, { ...handle, toast })).catch(() => {
      body.textContent = "Ця панель не відкрилася. Оновіть сторінку.";
    });
  }
  layout.ready();
}

// On a narrow screen the list of steps lies over the phone: it closes by Escape or by a tap beside it.
const steps = document.getElementById("try");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && steps.open) {
    steps.open = false;
    steps.querySelector("summary").focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  const lies = getComputedStyle(steps.querySelector(".try-body")).position === "absolute";
  if (lies && !steps.contains(event.target)) steps.open = false;
});

start();
