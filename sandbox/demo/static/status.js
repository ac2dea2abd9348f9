// Is the product up: asked again and again while somebody looks at the page.
const WORDS = {
  starting: "Komora готується…",
  ready: "Komora працює",
  down: "Komora не відповідає",
};
const READY_EVERY = 5000;
const WAITING_EVERY = 1500;

export function watchProduct(element) {
  const words = element.querySelector(".words");
  let shown = null;
  const show = (state) => {
    if (state === shown) return;
    shown = state;
    element.dataset.state = state;
    words.textContent = WORDS[state] ?? WORDS.down;
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        show((await (await fetch("/_demo/health")).json()).state);
      } catch {
        show("down");
      }
    }
    setTimeout(ask, shown === "ready" ? READY_EVERY : WAITING_EVERY);
  };
  ask();
}
