// The cabinet on a page of its own.
import { mount } from "./window.js";

const main = document.getElementById("cabinet");
mount(main, { base: main.dataset.root });
