// Keeps a form from being sent twice. The server's form token decides; this only spares the second click.
const PAUSE = 8000; // a form that answers with a file leaves its page standing, so the buttons come back

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled][type=submit]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent !== undefined) return event.preventDefault();
  form.dataset.sent = "";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
  setTimeout(release, PAUSE, form);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});
