// While an uploaded list is read, checked or written: how far it has come. Without a script the page just waits.
const PAUSE = 400;

function show(box, told) {
  const bar = box.querySelector("progress");
  if (told.percent > 0) bar.value = Math.max(told.percent, bar.value || 0);
  const words = box.dataset[told.stage];
  const text = box.querySelector("[data-progress-text]");
  if (words && text.textContent !== words) text.textContent = words;
}

async function follow(box) {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.ok) show(box, await answer.json());
  } catch {
    // The next page is on its way, or the network is slow: the bar stays where it is.
  }
  setTimeout(follow, PAUSE, box);
}

for (const box of document.querySelectorAll("[data-progress]")) {
  box.closest("form").addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formAction.endsWith("/discard")) return;
    box.hidden = false;
    setTimeout(follow, PAUSE, box);
  });
}
