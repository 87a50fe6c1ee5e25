// Keeps the text size (大字) of this device.
const root = document.documentElement;

for (const group of document.querySelectorAll("[data-text-sizes]")) {
  const buttons = [...group.querySelectorAll("button")];
  const mark = () => {
    const size = root.dataset.textSize ?? "100";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === size));
  };
  group.addEventListener("click", (event) => {
    const size = event.target.closest("button")?.value;
    if (!size) return;
    if (size === "100") delete root.dataset.textSize;
    else root.dataset.textSize = size;
    try {
      localStorage.setItem("text-size", size);
    } catch {
      // The size holds for this page only.
    }
    mark();
  });
  mark();
}
