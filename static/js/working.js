// Opens a row of the ranking into its working, in place. Without a script the same link loads the page with
// the row opened.
async function open(link) {
  const row = link.closest("tr");
  const next = row.nextElementSibling;
  if (next?.classList.contains("table__more")) {
    next.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  const answer = await fetch(link.dataset.working);
  if (!answer.ok) return location.assign(link.href);
  const cell = document.createElement("td");
  cell.colSpan = Number(link.dataset.width);
  cell.append(document.createRange().createContextualFragment(await answer.text()));
  const more = document.createElement("tr");
  more.className = "table__more";
  more.append(cell);
  row.after(more);
  link.setAttribute("aria-expanded", "true");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-working]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});
