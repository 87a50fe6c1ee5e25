// Narrows a table on the page to the rows that hold every word typed.
for (const input of document.querySelectorAll("[data-filter]")) {
  const rows = [...document.querySelectorAll(`#${CSS.escape(input.dataset.filter)} > tbody > tr`)];
  const count = input.closest(".live-filter")?.querySelector("[data-filter-count]");
  const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    if (count) {
      count.textContent = count.dataset.filterCount.replace("{shown}", shown).replace("{all}", rows.length);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
