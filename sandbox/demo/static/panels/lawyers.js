// The lawyers' group.
import { isThere, mountGroup } from "../group-panel.js";

export const id = "lawyers";
export const title = "Юристи";
export const place = "side";
export const order = 37;

export const available = (config) => isThere(config, "lawyers");
export const mount = (body, config, panel) => mountGroup(body, config, panel, "lawyers");
