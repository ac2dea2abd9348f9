// A bare page with one phone: ?user=1001, and a group by &chat=.
import { mount } from "./phone.js";

const query = new URLSearchParams(location.search);
const base = location.pathname.split("/_control/")[0];
const chat = query.has("chat") ? Number(query.get("chat")) : null;

mount(document.getElementById("phone"), { base, user: Number(query.get("user") ?? 1001), chat });
