// A paper sheet is keyed in without a mouse: Enter and the arrows go from box to box, a level of one digit goes on by
// itself, and what is wrong is said at once. The server checks everything again.
import { check, plain } from "./tablet/values.js";
import { seconds } from "./tablet/times.js";
import { explain } from "./tablet/words.js";

const form = document.getElementById("keying");
const boxes = form ? [...form.querySelectorAll("[data-key]")] : [];
const YES_NO = { y: "yes", n: "no", 1: "yes", 0: "no", "是": "yes", "否": "no" };

function value(rule, text) {
  const said = plain(text);
  if (rule.kind === "time" && /^\d+:\d+/.test(said)) return seconds(...said.split(":", 2));
  if (rule.kind === "measurement" && rule.entry === "pass") return YES_NO[said.toLowerCase()] ?? said;
  return said;
}

function look(box) {
  const rule = JSON.parse(box.dataset.key);
  const said = value(rule, box.value);
  const wrong = said && (said.split(":").length < 3 || rule.kind !== "time") ? check(rule, said) : null;
  const told = document.getElementById(`${box.id}-error`);
  told.textContent = wrong ? explain({ ...wrong, params: { aspect: box.labels[0].textContent, ...wrong.params } }) : "";
  told.hidden = !wrong;
  box.setAttribute("aria-invalid", wrong ? "true" : "false");
  return !wrong;
}

function go(box, by) {
  const next = boxes[boxes.indexOf(box) + by];
  if (next) next.focus();
  else if (by > 0) form.querySelector("button[type=submit], button:not([type])").focus();
  next?.select();
}

for (const box of boxes) {
  const rule = JSON.parse(box.dataset.key);
  box.addEventListener("keydown", (event) => {
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.isComposing) return;
    event.preventDefault();
    if (look(box) || by < 0) go(box, by);
  });
  box.addEventListener("change", () => look(box));
  box.addEventListener("input", () => {
    // What was wrong may be right now: said while it is typed, or the page would move under the button at the end.
    if (box.getAttribute("aria-invalid") === "true") look(box);
    if (rule.kind === "judgement" && rule.levels <= 10 && /^[0-9]$/.test(plain(box.value)) && look(box)) go(box, 1);
  });
}
(boxes.find((box) => box.getAttribute("aria-invalid") === "true") ?? boxes[0])?.focus();
