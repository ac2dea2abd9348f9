// The managers' group.
import { isThere, mountGroup } from "../group-panel.js";

export const id = "managers";
export const title = "Менеджери";
export const place = "side";
export const order = 35;

export const available = (config) => isThere(config, "managers");
export const mount = (body, config, panel) => mountGroup(body, config, panel, "managers");
