// Shows as many empty rows of a form as are useful; a button shows the next one. Without a script all are there.
for (const box of document.querySelectorAll("[data-rows]")) {
  const rows = [...box.querySelectorAll("[data-row]")];
  const more = box.querySelector("[data-rows-more]");
  const filled = (row) =>
    row.querySelector(".field__error") || [...row.querySelectorAll("input")].some((input) => input.value);
  const last = rows.reduce((found, row, index) => (filled(row) ? index : found), -1);
  let shown = Math.max(Number(box.dataset.rows), last + 1);
  const show = () => {
    rows.forEach((row, index) => (row.hidden = index >= shown));
    if (more) more.hidden = shown >= rows.length;
  };
  more?.addEventListener("click", () => {
    shown += 1;
    show();
    rows[shown - 1].querySelector("input:not([type=hidden])")?.focus();
  });
  show();
}
