// Which keys each kind of aspect has; what a change of the kind leaves without meaning is put aside, and comes
// back when the kind does.
const COMMON = ["code", "title", "kind", "factor", "places", "required", "panel", "sub", "section", "day", "description", "unit"];
const OWN = {
  score: ["min", "max", "step"],
  judgement: ["max", "levels"],
  measurement: ["max", "step", "entry", "nominal", "bands"],
  count: ["max", "per", "per_false"],
  deduction: ["max", "per", "zero_at"],
  time: ["limit", "early", "cap", "late"],
  indicator: ["max", "target", "better"],
};
const aside = new WeakMap();

export function has(kind, key) {
  const name = key.split("/")[0];
  return COMMON.includes(name) || (OWN[kind] ?? []).includes(name);
}

export function changeKind(aspect, kind, levels) {
  const kept = aside.get(aspect) ?? {};
  for (const key of Object.keys(aspect)) {
    if (has(kind, key)) continue;
    kept[key] = aspect[key];
    delete aspect[key];
  }
  for (const key of OWN[kind] ?? []) {
    if (!(key in aspect) && key in kept) aspect[key] = kept[key];
  }
  aside.set(aspect, kept);
  aspect.kind = kind;
  if (kind === "judgement") aspect.levels ??= levels;
  if (kind === "count") aspect.per ??= "1";
}

// Which columns of the table mean something for an aspect as it stands.
export function applies(aspect, key) {
  const kind = aspect.kind;
  const method = aspect.panel?.method ?? (["score", "judgement"].includes(kind) ? "mean" : "agreed");
  if (key === "panel/drop") return method === "trimmed_mean";
  if (key === "panel/min_judges") return method !== "agreed";
  if (key === "step") return kind === "score" || (kind === "measurement" && aspect.entry !== "pass");
  return has(kind, key);
}

export function usualJudges(aspect) {
  const panel = aspect.panel ?? {};
  const drop = Number.isInteger(panel.drop) ? panel.drop : 1;
  const trimmed = panel.method === "trimmed_mean" ? 2 * drop + 1 : 1;
  return String(aspect.kind === "judgement" ? Math.max(3, trimmed) : trimmed);
}
