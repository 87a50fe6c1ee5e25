// Asks before a button marked data-confirm="question" submits its form; yes carries that button's own name.
const dialog = document.getElementById("confirm");

function ask(question, name) {
  dialog.querySelector("#confirm-question").textContent = question;
  dialog.querySelector("button[value=yes]").textContent = name;
  dialog.showModal();
  return new Promise((resolve) => {
    const answer = (event) => {
      const value = event.type === "close" ? "no" : event.target.closest("button")?.value;
      if (!value) return;
      dialog.removeEventListener("click", answer);
      dialog.removeEventListener("close", answer);
      if (dialog.open) dialog.close();
      resolve(value === "yes");
    };
    dialog.addEventListener("click", answer);
    dialog.addEventListener("close", answer);
  });
}

if (dialog?.showModal) {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-confirm]");
    if (!button?.form || button.dataset.confirmed !== undefined) return;
    event.preventDefault();
    if (!(await ask(button.dataset.confirm, button.textContent.trim()))) return button.focus();
    button.dataset.confirmed = "";
    button.form.requestSubmit(button);
    delete button.dataset.confirmed;
  });
}
