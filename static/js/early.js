// Runs before the first paint: says that scripts work, and sets the text size chosen on this device.
document.documentElement.dataset.js = "";
try {
  const size = localStorage.getItem("text-size");
  if (size === "125" || size === "150") document.documentElement.dataset.textSize = size;
} catch {
  // A browser that refuses storage shows the standard size.
}
