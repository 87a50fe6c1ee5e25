// Copies what stands in a field; where the browser refuses, the text is selected for the keyboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  button.hidden = false; // without this script the field is there to be selected
  button.addEventListener("click", async () => {
    input.select();
    if (await copied(input.value)) button.textContent = button.dataset.done;
  });
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy"); // over plain http there is no clipboard, but the selection
  }
}
