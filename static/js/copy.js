// Copies what stands in a field; where the browser refuses, the text is selected for the keyboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      button.textContent = button.dataset.done;
    } catch {
      // The selection remains: Ctrl-C does it.
    }
  });
}
