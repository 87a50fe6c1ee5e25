// Draws the scheme into the page from the templates of its rows.
import { applies, has, usualJudges } from "./kinds.js";
import { paths } from "./rows.js";
import { ruleOf, show } from "./values.js";

export const owners = new WeakMap();
const opened = new WeakSet();

export class Drawing {
  constructor(root, scheme) {
    this.root = root;
    this.scheme = scheme;
  }

  all() {
    const { scheme, root } = this;
    bind(root.querySelector('[data-node="scheme"]'), scheme, "");
    this.part("total");
    bind(root.querySelector('[data-node="scale"]'), scheme, ""); // it stands in the same card as the total
    this.part("ranking");
    this.part("awards");
    this.fill("stages", scheme.stages, (stage, pointer) => [this.stage(stage, pointer)], "/stages");
    this.fill("ties", scheme.ranking?.ties, (tie, pointer) => [this.tie(tie, pointer)], "/ranking/ties");
    this.fill("tiers", scheme.awards?.tiers, (tier, pointer) => [this.tier(tier, pointer)], "/awards/tiers");
  }

  // A part that is not there yet is an object of its own, which joins the scheme with its first value.
  part(name) {
    const node = this.scheme[name] ?? (name === "awards" ? { tiers: [] } : {});
    const scope = this.root.querySelector(`[data-node="${name}"]`);
    bind(scope, node, `/${name}`, () => (this.scheme[name] = node));
  }

  fill(name, items, make, pointer) {
    this.root.querySelector(`[data-list="${name}"]`).replaceChildren(...(items ?? []).flatMap((item, index) => make(item, `${pointer}/${index}`)));
  }

  stage(stage, pointer) {
    const element = clone("row-stage");
    element.dataset.pointer = pointer;
    bind(element, stage, pointer);
    element.querySelector("p[data-sum]").dataset.sum = pointer;
    const details = element.querySelector("[data-details]");
    details.hidden = !opened.has(stage) && !["min", "places", "attempts", "take"].some((key) => key in stage);
    tellOpen(element, !details.hidden);
    const body = element.querySelector("[data-rows]");
    (stage.criteria ?? []).forEach((criterion, index) => body.append(...this.criterion(criterion, `${pointer}/criteria/${index}`)));
    return element;
  }

  criterion(criterion, pointer) {
    const row = clone("row-criterion");
    row.dataset.pointer = pointer;
    bind(row, criterion, pointer);
    row.querySelector("span[data-sum]").dataset.sum = pointer;
    const shown = opened.has(criterion) || "min" in criterion || "places" in criterion;
    tellOpen(row, shown);
    const details = shown ? [clone("row-criterion-details")] : [];
    for (const detail of details) bind(detail, criterion, pointer);
    return [row, ...details, ...(criterion.aspects ?? []).flatMap((aspect, index) => this.aspect(aspect, `${pointer}/aspects/${index}`))];
  }

  aspect(aspect, pointer) {
    const row = clone("row-aspect");
    row.dataset.pointer = pointer;
    bind(row, aspect, pointer);
    disable(row, aspect);
    if (!opened.has(aspect)) return [row];
    tellOpen(row, true);
    return [row, this.details(aspect, pointer)];
  }

  details(aspect, pointer) {
    const row = clone("row-details");
    for (const box of row.querySelectorAll("[data-kinds]")) {
      const key = box.querySelector("[data-key]").dataset.key;
      box.hidden = Boolean(box.dataset.kinds) && box.dataset.kinds !== aspect.kind && !(key in aspect);
      if (key.startsWith("panel/") && !has(aspect.kind, key)) box.hidden = true;
    }
    bind(row, aspect, pointer);
    row.querySelector('[data-key="panel/max_spread"]').placeholder = aspect.kind === "judgement" ? "1" : "";
    row.querySelector('[data-key="factor"]').placeholder = "1";
    const json = row.querySelector("[data-json]");
    json.value = JSON.stringify(aspect, null, 2);
    json.rows = Math.min(20, json.value.split("\n").length);
    json.dataset.pointer = pointer;
    return row;
  }

  tie(tie, pointer) {
    const row = clone("row-tie");
    row.dataset.pointer = pointer;
    const names = ["stage", "criterion", "aspect"].includes(tie.by);
    const select = row.querySelector("[data-paths]");
    for (const [path, title] of paths(this.scheme, tie.by)) select.add(new Option(title ? `${path} ${title}` : path, path));
    bind(row, tie, pointer);
    select.hidden = !names;
    row.querySelector('[data-key="kind"]').hidden = tie.by !== "kind";
    row.querySelector('[data-key="order"]').hidden = tie.by === "manual";
    return row;
  }

  tier(tier, pointer) {
    const row = clone("row-tier");
    row.dataset.pointer = pointer;
    bind(row, tier, pointer);
    const rule = ruleOf(tier);
    const uses = { band: rule === "place", at_least: ["count", "percent", "top_fraction"].includes(rule), on: ["threshold", "place"].includes(rule) };
    for (const [key, used] of Object.entries(uses)) row.querySelector(`[data-key="${key}"]`).disabled = !used && !(key in tier);
    const value = row.querySelector('[data-type="rule-value"]');
    value.dataset.pointer = `${pointer}/${rule ?? ""}`;
    return row;
  }

  open(node, wanted) {
    if (wanted && node) opened.add(node);
    else opened.delete(node);
  }

  // The rows whose details are open, by their pointers.
  shown() {
    const buttons = this.root.querySelectorAll('[data-act="more"][aria-expanded="true"]');
    return [...buttons].map((button) => button.closest("[data-pointer]").dataset.pointer);
  }
}

export function bind(scope, node, pointer, join) {
  for (const input of scope.querySelectorAll("[data-key]")) {
    owners.set(input, { node, join });
    input.dataset.pointer = `${pointer}/${input.dataset.key}`;
    show(input, node);
  }
}

export function disable(row, aspect) {
  for (const input of row.querySelectorAll("[data-key]")) {
    const key = input.dataset.key;
    // What is there although it means nothing can still be taken away.
    input.disabled = !applies(aspect, key) && input.value === "";
    if (key === "panel/min_judges") input.placeholder = input.disabled ? "" : usualJudges(aspect);
  }
}

function tellOpen(element, open) {
  element.querySelector('[data-act="more"]').setAttribute("aria-expanded", String(open));
}

function clone(name) {
  return document.getElementById(name).content.firstElementChild.cloneNode(true);
}
