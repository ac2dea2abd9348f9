"use strict";

const SHOWN = 2000;
const told = document.querySelector(".told");

/** Where the clipboard is not given (plain HTTP, some windows inside apps), by way of the selection. */
function copySelected(button) {
  const range = document.createRange();
  range.selectNodeContents(button.previousElementSibling);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    return true;
  } catch {
    return copySelected(button);
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const word = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(button))) return;
    button.textContent = button.dataset.copied;
    told.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = word;
      told.textContent = "";
    }, SHOWN);
  });
}
