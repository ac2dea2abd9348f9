// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const KEY = "komora-demo-theme";
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const apply = () => {
    root.dataset.theme = remembered() ?? (system.matches ? "dark" : "light");
  };
  apply();
  system.addEventListener("change", apply);

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const label = button.querySelector(".theme-label");
    const name = () => {
      label.textContent = root.dataset.theme === "dark" ? "Світла тема" : "Темна тема";
    };
    name();
    system.addEventListener("change", name);
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // A browser that keeps nothing still shows the chosen theme.
      }
      name();
    });
  });
})();
