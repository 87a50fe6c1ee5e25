// Brings a part of a page to what it should show, and leaves everything that shows it already: a finger may be on
// it, the keyboard's focus in it, a question about it open; what is made anew under these has lost them.
// Where parts have come or gone, all of them beside each other are made anew.
export function renew(holder, nodes) {
  const wanted = [...nodes];
  const before = [...holder.childNodes].filter(says);
  const after = wanted.filter(says);
  if (before.length !== after.length) return holder.replaceChildren(...wanted);
  after.forEach((node, index) => {
    const there = before[index];
    if (there.isEqualNode(node)) return;
    if (isAlike(there, node)) renew(there, node.childNodes);
    else there.replaceWith(node);
  });
}

// Not the room between two elements.
function says(node) {
  return node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
}

// The same element, whatever is inside.
function isAlike(there, node) {
  return node.nodeType === Node.ELEMENT_NODE && there.cloneNode(false).isEqualNode(node.cloneNode(false));
}
