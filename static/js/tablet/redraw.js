// Brings a list to what it should show, and leaves every row that shows it already: a finger may be on it, or the
// keyboard's focus in it, and a row that is made anew under either has lost them.
export function redraw(holder, rows) {
  const before = [...holder.children];
  rows.forEach((row, index) => {
    if (!before[index]) holder.append(row);
    else if (!before[index].isEqualNode(row)) before[index].replaceWith(row);
  });
  for (const row of before.slice(rows.length)) row.remove();
}
