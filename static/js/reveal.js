// Shows or hides what is typed in a password field.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  input?.form?.addEventListener("submit", () => {
    input.type = "password"; // so that no browser keeps it as ordinary text
  });
}
