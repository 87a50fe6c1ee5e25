// Filling the table from the keyboard: Enter and the arrows lead from cell to cell, Alt with an arrow moves the
// row, Ctrl with Enter adds a row. While an input method is composing, keys belong to it.
export function steer(root, act) {
  root.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.isComposing || cell.tagName === "TEXTAREA") return;
    const row = cell.closest('[data-row="aspect"], [data-row="criterion"], [data-row="tie"], [data-row="tier"]');
    if (handle(event, cell, row, act)) event.preventDefault();
  });
}

function handle(event, cell, row, act) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.altKey && by && row) return act(by < 0 ? "up" : "down", row, cell.dataset.key);
  if (event.key === "Enter" && event.ctrlKey && row) return act("after", row, cell.dataset.key);
  if (event.key === "Enter") return enter(cell, row, event.shiftKey ? -1 : 1, act);
  if (by && cell.tagName === "INPUT") return go(below(cell, by));
  if (cell.tagName === "INPUT" && ["ArrowLeft", "ArrowRight"].includes(event.key)) return sideways(cell, event.key);
  return false;
}

// Enter in the last row starts the next one, as in a list on paper.
function enter(cell, row, by, act) {
  if (go(below(cell, by)) || by < 0 || !row) return true;
  if (row.dataset.row === "aspect") act("after", row, "code");
  return true;
}

function below(cell, by) {
  const body = cell.closest("tbody") ?? cell.closest(".edit__fields");
  const same = cell.closest("tbody") ? `[data-key="${CSS.escape(cell.dataset.key)}"]` : ".cell";
  const cells = [...body.querySelectorAll(same)].filter((other) => !other.disabled && !other.closest("[hidden], .edit__details"));
  return cells[cells.indexOf(cell) + by];
}

// From the edge of a text, or from a text that is selected as a whole: as a cell is when it is reached.
function sideways(cell, key) {
  const forward = key === "ArrowRight";
  const { selectionStart: from, selectionEnd: to, value } = cell;
  const edge = forward ? value.length : 0;
  if ((from !== edge || to !== edge) && (from !== 0 || to !== value.length)) return false;
  const cells = [...(cell.closest("tr") ?? cell.closest(".edit__fields")).querySelectorAll(".cell")].filter((other) => !other.disabled);
  return go(cells[cells.indexOf(cell) + (forward ? 1 : -1)]);
}

function go(cell) {
  if (!cell) return false;
  cell.focus();
  cell.select?.();
  return true;
}
