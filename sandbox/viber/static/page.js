import { mount } from "./phone.js";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
const base = location.pathname.slice(0, location.pathname.indexOf("/_control/"));
mount(document.getElementById("phone"), { base, user: query.get("user") });
