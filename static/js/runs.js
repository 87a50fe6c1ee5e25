// Follows a run that is not finished: moves its bar, and shows the page anew when a file is there or it ends.
const EVERY = 2000;

async function ask(run) {
  if (document.hidden) return;
  try {
    const answer = await fetch(run.dataset.run, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 401 || answer.status === 403) location.reload();
    if (!answer.ok) return;
    const { state, done, total, files } = await answer.json();
    const ended = !["waiting", "running"].includes(state);
    if (ended || files !== Number(run.dataset.files)) location.reload();
    const bar = run.querySelector("progress");
    if (bar && total) Object.assign(bar, { max: total, value: done });
  } catch {
    // The next question may be answered again.
  }
}

for (const run of document.querySelectorAll("[data-run]")) setInterval(() => ask(run), EVERY);
