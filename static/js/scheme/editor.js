// The editor of schemes: the JSON of the form is the scheme, the table shows and changes it.
import { Check } from "./check.js";
import { Drawing, disable, owners } from "./draw.js";
import { steer } from "./keys.js";
import { changeKind } from "./kinds.js";
import * as rows from "./rows.js";
import { fits, show, take } from "./values.js";

const form = document.getElementById("scheme-form");
const root = document.getElementById("scheme-editor");
const source = form.elements.document;
const undo = document.getElementById("scheme-undo");
const words = root.dataset;
const check = new Check(
  root,
  document.getElementById("scheme-findings"),
  document.getElementById("scheme-state"),
  form.elements.csrf_token.value,
);
const LONGEST_PAST = 200;
const past = []; // each state before a change: its text, and the field where that change was typed
let drawing = null;
let saved = source.value;
let pathsBefore = {};

function open() {
  let scheme;
  try {
    scheme = JSON.parse(source.value);
  } catch {
    scheme = undefined;
  }
  const shown = scheme !== undefined && fits(scheme);
  root.hidden = !shown;
  document.getElementById("scheme-raw").open ||= !shown;
  drawing = shown ? new Drawing(root, scheme) : null;
  drawing?.all();
  check.run(source.value);
}

function changed() {
  // The JSON of an open row says what its fields say, so that editing it takes nothing back.
  for (const area of root.querySelectorAll("[data-json]")) {
    if (area === document.activeElement) continue;
    area.value = JSON.stringify(rows.locate(drawing.scheme, area.dataset.pointer).node, null, 2);
  }
  source.value = JSON.stringify(drawing.scheme, null, 2);
  check.schedule(source.value);
}

// Draws everything anew after rows have come, gone or moved; the focus goes where the work goes on.
function redraw(pointer, key = "code") {
  drawing.all();
  changed();
  const at = (end) => root.querySelector(`[data-pointer="${CSS.escape(pointer + end)}"]`);
  const target = pointer ? (at(`/${key}`) ?? at("/by") ?? at("/title") ?? at("")) : null;
  target?.focus();
  target?.select?.(); // a proposed code is written over, as when a cell is reached by its key
  target?.scrollIntoView({ block: "nearest" });
}

// Typing on in one field is one step.
function remember(field = "") {
  if (field && past.at(-1)?.field === field) return;
  past.push({ text: JSON.stringify(drawing.scheme), field });
  if (past.length > LONGEST_PAST) past.shift();
  undo.disabled = false;
}

function takeBack() {
  const shown = drawing?.shown() ?? [];
  source.value = past.pop().text;
  if (past.length) past.at(-1).field = "";
  undo.disabled = !past.length;
  open();
  for (const pointer of shown) drawing?.open(rows.locate(drawing.scheme, pointer).node, true);
  drawing?.all();
  changed();
}

// Opened details are entered, closed ones are left where they were opened.
function turnDetails(pointer, node, wanted) {
  drawing.open(node, wanted);
  redraw("");
  const scope = root.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`);
  const details = scope.querySelector("[data-details]:not([hidden])") ?? (wanted ? scope.nextElementSibling : null);
  const fields = wanted && details ? [...details.querySelectorAll(".cell:not(:disabled)")] : [];
  (fields.find((field) => !field.closest("[hidden]")) ?? scope.querySelector('[data-act="more"]')).focus();
}

const ADD = { stage: () => rows.addStage(drawing.scheme), tie: () => rows.addTie(drawing.scheme), tier: () => rows.addTier(drawing.scheme) };

function act(name, row, key) {
  const { scheme } = drawing;
  const pointer = row.dataset.pointer ?? row.closest("[data-pointer]").dataset.pointer;
  const { node, index, parent } = rows.locate(scheme, pointer);
  if (name === "more") {
    turnDetails(pointer, node, row.querySelector('[data-act="more"]').getAttribute("aria-expanded") === "false");
    return true;
  }
  if (name === "after" && !parent.endsWith("/aspects") && row.dataset.row !== "criterion") return false;
  remember();
  if (name === "up" || name === "down") redraw(rows.move(scheme, pointer, name === "up" ? -1 : 1), key);
  else if (name === "remove") redraw(rows.remove(scheme, pointer));
  else if (row.dataset.row === "criterion") redraw(rows.addAspect(scheme, pointer, name === "after" ? -1 : undefined));
  else redraw(rows.addAspect(scheme, parent.replace(/\/aspects$/, ""), index));
  return true;
}

function typed(input) {
  const { node, join } = owners.get(input);
  const { type, key } = input.dataset;
  const row = input.closest("[data-row]");
  remember(input.dataset.pointer);
  join?.();
  if (key === "kind" && row?.dataset.row === "aspect") changeKind(node, input.value, words.levels.split("|"));
  else take(input, node);
  if (row?.dataset.row === "tie" && key === "by") straighten(node);
  if (key === "code" && row) rows.follow(drawing.scheme, pathsBefore);
  if (key === "code") pathsBefore = rows.allPaths(drawing.scheme);
  if (key === "kind" || key === "by" || type === "rule") return redraw(row.dataset.pointer, key);
  if (row?.dataset.row === "aspect") disable(row, node);
  changed();
}

// A tie-break keeps only what its new comparison needs.
function straighten(tie) {
  const named = rows.paths(drawing.scheme, tie.by).map(([path]) => path);
  delete tie.code;
  delete tie.kind;
  if (named.length) tie.code = named[0];
  if (tie.by === "kind") tie.kind = "measurement";
  if (tie.by === "manual") delete tie.order;
}

function replaceRow(area) {
  const error = area.closest("td").querySelector("[data-json-error]");
  let value;
  try {
    value = JSON.parse(area.value);
  } catch {
    error.textContent = words.unreadable;
    error.hidden = false;
    return;
  }
  remember();
  const { list, index } = rows.locate(drawing.scheme, area.dataset.pointer);
  const before = list[index];
  list[index] = value;
  if (!fits(drawing.scheme)) {
    list[index] = before;
    past.pop();
    error.textContent = words.unreadable;
    error.hidden = false;
    return;
  }
  drawing.open(value, true);
  redraw("");
}

root.addEventListener("focusin", () => (pathsBefore = rows.allPaths(drawing.scheme)));
root.addEventListener("input", (event) => event.target.dataset.key !== undefined && typed(event.target));
root.addEventListener("change", ({ target }) => {
  if (target.dataset.json !== undefined) replaceRow(target);
  else if (target.tagName === "INPUT" && owners.has(target)) show(target, owners.get(target).node);
});
root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.act) act(button.dataset.act, button.closest("[data-row]"), "code");
  else if (button?.dataset.add === "criterion") {
    remember();
    redraw(rows.addCriterion(drawing.scheme, button.closest("[data-pointer]").dataset.pointer));
  } else if (button?.dataset.add) {
    remember();
    redraw(ADD[button.dataset.add]());
  }
});
undo.addEventListener("click", takeBack);
source.addEventListener("change", () => {
  if (drawing) remember();
  open();
});
steer(root, act);

document.getElementById("scheme-preview").addEventListener("click", (event) => {
  event.preventDefault();
  const preview = document.getElementById("preview-form");
  preview.elements.document.value = source.value;
  preview.submit();
});
form.addEventListener("submit", () => (saved = source.value));
addEventListener("beforeunload", (event) => {
  if (source.value === saved) return;
  event.preventDefault();
  event.returnValue = words.leave;
});

document.querySelector("[data-static-findings]").hidden = true;
document.getElementById("scheme-live").hidden = false;
document.getElementById("scheme-raw").open = false;
open();
if (drawing) {
  // The same text as the table would write it, so that nothing counts as changed before something is.
  source.value = JSON.stringify(drawing.scheme, null, 2);
  saved = source.value;
}
if (words.refused !== undefined) saved = null; // it was sent, but nothing of it is kept
