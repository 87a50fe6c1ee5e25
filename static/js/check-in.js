// Marks who has come without loading the page anew: the server answers with the row as it stands and the counts.
const table = document.getElementById("desk");
const refused = document.querySelector("[data-desk-refused]");
const filled = (text, counts) => text.replace(/\{(\w+)\}/g, (_, name) => counts[name]);

function tell(sentence) {
  refused.textContent = sentence;
  refused.hidden = !sentence;
  if (sentence) refused.focus();
}

function show(counts) {
  for (const [key, attribute] of [["deskCounts", "[data-desk-counts]"], ["deskMore", "[data-desk-more]"]]) {
    const box = document.querySelector(attribute);
    box.textContent = filled(box.dataset[key], counts);
  }
  for (const box of document.querySelectorAll("[data-desk-count]")) {
    box.textContent = counts[box.dataset.deskCount];
  }
}

function exchange(row, html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html;
  const fresh = holder.firstElementChild;
  row.replaceChildren(...fresh.childNodes);
  row.dataset.attendance = fresh.dataset.attendance;
  row.querySelector("button")?.focus({ preventScroll: true });
}

async function send(form, button) {
  const body = new FormData(form, button);
  const buttons = form.querySelectorAll("button");
  buttons.forEach((one) => (one.disabled = true));
  try {
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { "X-Requested-With": "check-in", Accept: "application/json" },
    });
    const told = await answer.json();
    if (!told.row) return form.submit();
    exchange(form.closest("tr"), told.row);
    show(told);
    tell(told.refused);
  } catch {
    buttons.forEach((one) => (one.disabled = false));
    tell(table.closest("[data-offline]").dataset.offline);
  }
}

table?.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-desk]") || !event.submitter) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
