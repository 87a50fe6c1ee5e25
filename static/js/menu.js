// Opens and closes the navigation of a narrow window.
for (const header of document.querySelectorAll("[data-menu]")) {
  const toggle = header.querySelector("[aria-expanded]");
  const show = (open) => {
    header.toggleAttribute("data-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle?.addEventListener("click", () => show(!header.hasAttribute("data-open")));
  header.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !header.hasAttribute("data-open")) return;
    show(false);
    toggle.focus();
  });
}
