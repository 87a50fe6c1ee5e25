// The editor of certificate templates: one document, shown as a picture with boxes, changed by mouse and fields.
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";

const PAUSE = 250;
const root = document.getElementById("design-editor");
const form = document.getElementById("design-form");
const raw = form.querySelector("textarea[name=document]");
const chip = document.getElementById("design-state");
let model = read();
let chosen = -1;
let saved = raw.value;
let number = 0;
let timer = 0;

function read() {
  try {
    const found = JSON.parse(raw.value);
    found.boxes ??= [];
    return found;
  } catch {
    return null;
  }
}

function choose(index) {
  chosen = index;
  stage.show(model, chosen);
  panel.show(model, chosen);
}

// Everything that changes the template ends here: the JSON follows, and the picture a moment later.
function changed({ fields = false } = {}) {
  raw.value = JSON.stringify(model, null, 1);
  stage.show(model, chosen);
  if (fields) panel.show(model, chosen);
  else panel.place(model, chosen);
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE);
}

async function draw() {
  const mine = ++number;
  const asked = {
    document: model,
    kind: document.getElementById("design-sample").value,
    seals: document.getElementById("design-seals").checked,
  };
  try {
    const answer = await fetch(root.dataset.preview, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify(asked),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { svg, faults } = await answer.json();
    if (mine === number) show(svg, faults);
  } catch {
    if (mine === number) tell(root.dataset.unreachable, "warn");
  }
}

function show(svg, faults) {
  if (svg) {
    const picture = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    document.getElementById("design-picture").replaceChildren(document.importNode(picture, true));
  }
  tell(faults.length ? faults[0].says : root.dataset.good, faults.length ? "bad" : "ok");
  document.getElementById("design-faults").replaceChildren(...faults.slice(1).map(({ says }) => {
    const item = document.createElement("li");
    item.textContent = says;
    return item;
  }));
}

function tell(text, kind) {
  chip.textContent = text;
  chip.className = `chip chip--${kind}`;
}

const stage = new Stage(document.getElementById("design-boxes"), root, { choose, changed });
const panel = new Panel(root, { choose, changed, model: () => model });

if (model) {
  root.hidden = false;
  document.getElementById("design-raw").open = false;
  choose(-1);
  draw();
}
raw.addEventListener("change", () => {
  const found = read();
  root.hidden = !found;
  if (!found) return;
  model = found;
  choose(-1);
  draw();
});
for (const name of ["design-sample", "design-seals"]) document.getElementById(name).addEventListener("change", draw);
form.addEventListener("submit", () => { saved = raw.value; });
addEventListener("beforeunload", (event) => { if (raw.value !== saved) event.preventDefault(); });
