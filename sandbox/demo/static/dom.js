// Small words for building the page; text always goes in as text.

/** An element with attributes and children (nodes or strings). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** 380671234567 -> +380 67 123 45 67; other numbers in groups of three. */
export function phoneNumber(written) {
  const digits = written.replace(/\D/g, "");
  const ukrainian = /^(380)(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  const groups = ukrainian ? ukrainian.slice(1) : digits.match(/\d{1,3}/g) ?? [];
  return `+${groups.join("\u00a0")}`;
}

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing starts with the first person again.
  }
}
