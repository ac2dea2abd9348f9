// Dates, sizes and the words for what the bot is busy with.

const TIME = new Intl.DateTimeFormat("uk", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("uk", { day: "numeric", month: "long" });
const YEAR = new Intl.DateTimeFormat("uk", { day: "numeric", month: "long", year: "numeric" });
const ACTIONS = {
  typing: "друкує…",
  upload_photo: "надсилає фото…",
  upload_document: "надсилає файл…",
  find_location: "шукає місце…",
};

export const clockTime = (seconds) => TIME.format(seconds * 1000);
export const isoTime = (seconds) => new Date(seconds * 1000).toISOString();
export const dayKey = (seconds) => new Date(seconds * 1000).toDateString();
export const busyWord = (action) => ACTIONS[action] ?? "зайнятий…";

export function dayName(seconds, nowSeconds) {
  const day = new Date(seconds * 1000);
  const now = new Date(nowSeconds * 1000);
  if (day.toDateString() === now.toDateString()) return "Сьогодні";
  return (day.getFullYear() === now.getFullYear() ? DAY : YEAR).format(day);
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}

export function phoneNumber(digits) {
  const clean = String(digits).replace(/\D/g, "");
  const match = /^380(\d\d)(\d{3})(\d\d)(\d\d)$/.exec(clean);
  return match ? `+380 ${match.slice(1).join(" ")}` : `+${clean}`;
}

export function members(count) {
  const form = new Intl.PluralRules("uk").select(count);
  return `${count} ${{ one: "учасник", few: "учасники" }[form] ?? "учасників"}`;
}

export const initial = (name) => Array.from(name.trim())[0]?.toUpperCase() ?? "?";
