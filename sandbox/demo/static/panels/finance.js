// The finance group.
import { isThere, mountGroup } from "../group-panel.js";

export const id = "finance";
export const title = "Фінанси";
export const place = "side";
export const order = 36;

export const available = (config) => isThere(config, "finance");
export const mount = (body, config, panel) => mountGroup(body, config, panel, "finance");
