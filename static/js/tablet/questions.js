// What a careful colleague would ask before signing. Nothing here forbids anything, and nothing stands in the way
// of marking: it is asked at the review alone.
import { placeOf } from "./store.js";

const FEW = 4; // of so many complete sheets a judge has a median that says something
const FAR = 4n; // further from it than a quarter of what can be reached

export function questions(app, sheet) {
  const places = sheet.aspects.map((aspect) => ({ rule: app.rules.get(aspect), value: sheet.marks.get(placeOf([aspect, 1])) ?? "" }));
  const marked = places.filter(({ rule, value }) => rule && value);
  const found = [];
  const levels = marked.filter(({ rule }) => rule.kind === "judgement").map(({ value }) => value);
  if (levels.length > 2 && new Set(levels).size === 1) found.push("same");
  const scores = marked.filter(({ rule }) => rule.kind === "score" && rule.max);
  if (scores.length > 1 && scores.every(({ value }) => /^[0.]+$/.test(value))) found.push("zero");
  if (scores.length > 1 && scores.every(({ rule, value }) => BigInt(rule.max) === millionths(value))) found.push("full");
  if (likeBefore(app, sheet)) found.push("like");
  if (farOff(app, sheet)) found.push("far");
  return found;
}

function millionths(value) {
  const [whole, decimals = ""] = value.split(".");
  return BigInt(whole) * 1000000n + BigInt(decimals.padEnd(6, "0").slice(0, 6));
}

function likeBefore(app, sheet) {
  const { before } = app.neighbours(sheet.ref);
  if (!before || before.marks.size < 3 || before.marks.size !== sheet.marks.size) return false;
  return [...sheet.marks].every(([place, value]) => before.marks.get(place) === value);
}

function farOff(app, sheet) {
  const own = app.progress(sheet).points;
  const others = app.sheets().filter((other) => other.ref !== sheet.ref && other.competing && !app.missing(other).length);
  const sums = others.map((other) => app.progress(other).points).filter((sum) => sum !== null);
  if (own === null || sums.length < FEW) return false;
  sums.sort((one, other) => (one < other ? -1 : 1));
  const median = sums[Math.floor(sums.length / 2)];
  const reach = sheet.aspects.reduce((sum, aspect) => sum + BigInt(app.rules.get(aspect)?.max ?? 0), 0n);
  const off = own > median ? own - median : median - own;
  return off * FAR > reach;
}
