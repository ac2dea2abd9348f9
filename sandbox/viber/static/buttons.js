// Buttons of keyboards and carousels, laid out on Viber's grid of columns and rows.

import { el, image } from "./dom.js";
import { buttonText } from "./text.js";

const SCALES = { crop: "cover", fill: "fill", fit: "contain" };
const VERTICAL = { top: "start", middle: "center", bottom: "end" };
const SIZES = { small: "vb-small", large: "vb-large" };

/** One button; `act` is called when it is pressed. */
export function button(spec, level, act) {
  const node = el("button", { type: "button", class: "vb-button", onclick: act });
  const text = el("span", { class: "vb-button-text" }, el("span", { class: "vb-button-words" }, ...buttonText(spec.Text, level)));
  if (spec.BgColor) {
    node.style.backgroundColor = spec.BgColor;
    node.classList.add("vb-painted");
  }
  addFrame(node, spec.Frame);
  addPicture(node, spec.BgMedia, "vb-button-background", spec.BgMediaScaleType);
  addPicture(node, spec.Image, "vb-button-image", spec.ImageScaleType);
  dressText(text, spec);
  if (spec.Text) node.append(text);
  if (!text.textContent.trim()) node.setAttribute("aria-label", actionName(spec));
  node.style.gridColumn = `span ${spec.Columns || 6}`;
  node.style.gridRow = `span ${spec.Rows || 1}`;
  return node;
}

/** Cards of a carousel: each a grid of its own, a new one where the rows are full. */
export function cards(media, level, act) {
  const columns = media.ButtonsGroupColumns || 6;
  const rows = media.ButtonsGroupRows || 7;
  const list = [];
  let place = { taken: new Set(), cursor: 0 };
  media.Buttons.forEach((spec, index) => {
    const size = [Math.min(spec.Columns || columns, columns), Math.min(spec.Rows || 1, rows)];
    const [row, column] = firstFree(place, size, columns, rows);
    const number = Math.floor(row / rows);
    list[number] ??= card(columns, rows, media.BgColor);
    const node = button(spec, level, () => act(spec, index));
    node.style.gridArea = `${(row % rows) + 1} / ${column + 1} / span ${size[1]} / span ${size[0]}`;
    list[number].append(node);
  });
  return list.filter(Boolean);
}

function card(columns, rows, color) {
  const node = el("div", { class: "vb-card", role: "group" });
  node.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  node.style.gridTemplateRows = `repeat(${rows}, var(--vb-card-row))`;
  if (color) {
    node.style.backgroundColor = color;
    node.classList.add("vb-painted");
  }
  return node;
}

function firstFree(place, [width, height], columns, pageRows) {
  for (let index = place.cursor; ; index += 1) {
    const row = Math.floor(index / columns);
    const column = index % columns;
    if (column + width > columns || (row % pageRows) + height > pageRows) continue;
    const cells = [];
    for (let y = row; y < row + height; y += 1) for (let x = column; x < column + width; x += 1) cells.push(`${y}:${x}`);
    if (cells.some((cell) => place.taken.has(cell))) continue;
    cells.forEach((cell) => place.taken.add(cell));
    place.cursor = index + width;
    return [row, column];
  }
}

function dressText(node, spec) {
  node.style.justifyContent = VERTICAL[spec.TextVAlign] ?? "center";
  node.style.textAlign = spec.TextHAlign ?? "center";
  if (SIZES[spec.TextSize]) node.classList.add(SIZES[spec.TextSize]);
  if (Number.isFinite(spec.TextOpacity)) node.style.opacity = spec.TextOpacity / 100;
  if (Array.isArray(spec.TextPaddings)) node.style.padding = spec.TextPaddings.map((size) => `${Number(size)}px`).join(" ");
}

function addFrame(node, frame) {
  if (!frame) return;
  node.style.border = `${Number(frame.BorderWidth ?? 1)}px solid`;
  node.style.borderColor = frame.BorderColor ?? "#ffffff";
  node.style.borderRadius = `${Number(frame.CornerRadius ?? 0)}px`;
}

function addPicture(node, address, className, scale) {
  const picture = address ? image(address, className, "") : null;
  if (!picture) return;
  if (SCALES[scale]) picture.style.objectFit = SCALES[scale];
  node.append(picture);
}

function actionName(spec) {
  return spec.ActionType === "open-url" ? `Відкрити ${spec.ActionBody}` : spec.ActionBody || "Кнопка";
}
