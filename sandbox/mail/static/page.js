// The inbox alone on its page.
import { mount } from "./inbox.js";

mount(document.getElementById("inbox"), { base: "." });
