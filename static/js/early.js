// Runs before the first paint: says that scripts work, and sets the text size chosen on this device.
document.documentElement.dataset.js = "";
try {
  const size = localStorage.getItem("text-size");
  if (size === "125" || size === "150") document.documentElement.dataset.textSize = size;
} catch {
  // A browser that refuses storage shows the standard size.
}
// A button that asks first (confirm.js) must not act before that script is there: the press waits for it.
let held = null;
addEventListener("click", (event) => {
  const button = document.readyState === "complete" ? null : event.target.closest?.("button[data-confirm]");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!held) addEventListener("load", () => held.click(), { once: true });
  held = button;
}, true);
