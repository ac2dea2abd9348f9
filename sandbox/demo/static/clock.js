// The one time of the demo, and the buttons that move it forward.
const DAY = new Intl.DateTimeFormat("uk", { weekday: "short", day: "numeric", month: "short", timeZone: "Europe/Kyiv" });
const TIME = new Intl.DateTimeFormat("uk", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
const EVERY = 5000;

export function watchClock(element, toast) {
  const day = element.querySelector(".clock-day");
  const time = element.querySelector("time");
  let ahead = 0;
  const show = () => {
    const now = Date.now() + ahead * 1000;
    document.documentElement.dataset.ahead = ahead;
    day.textContent = `${DAY.format(now)},`;
    time.textContent = TIME.format(now);
    time.dateTime = new Date(now).toISOString();
    element.classList.toggle("is-moved", ahead > 0);
  };
  const ask = async (options) => {
    const answer = await fetch("/_demo/clock", options);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    ({ ahead } = await answer.json());
    show();
  };
  const move = async (body) => {
    try {
      await ask({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      toast({ title: "Час перемотано", text: `${day.textContent} ${time.textContent}` });
      element.open = false;
    } catch {
      toast({ title: "Час не рухається", text: "Спробуйте ще раз." });
    }
  };
  for (const button of element.querySelectorAll("button")) {
    const { advance, to } = button.dataset;
    button.addEventListener("click", () => move(to ? { to } : { advance: Number(advance) }));
  }
  document.addEventListener("pointerdown", (event) => element.contains(event.target) || (element.open = false));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    element.querySelector("summary").focus();
  });
  show();
  ask().catch(() => {});
  setInterval(show, EVERY);
}
