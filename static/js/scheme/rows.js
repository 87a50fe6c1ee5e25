// What happens to the rows of a scheme: add, move, remove, rename. Pure work on the scheme itself.
export function locate(scheme, pointer) {
  let list = null;
  let node = scheme;
  const steps = pointer.split("/").slice(1);
  for (const step of steps) {
    list = node;
    node = node?.[step];
  }
  return { list, node, index: Number(steps.at(-1)), parent: `/${steps.slice(0, -1).join("/")}` };
}

export function nextCode(code, taken) {
  let next = code || "A";
  do {
    const digits = next.match(/\d+$/)?.[0];
    if (digits) next = next.slice(0, -digits.length) + String(Number(digits) + 1).padStart(digits.length, "0");
    else if (/[A-Ya-y]$/.test(next)) next = next.slice(0, -1) + String.fromCharCode(next.charCodeAt(next.length - 1) + 1);
    else next = `${next}1`;
  } while (taken.includes(next));
  return next;
}

const codes = (list) => (list ?? []).map((item) => item.code);
const aspectCodes = (stage) => (stage.criteria ?? []).flatMap((criterion) => codes(criterion.aspects));

function newAspect(code) {
  return { code, title: "", kind: "score", max: "10", step: "0.5" };
}

export function addAspect(scheme, criterionPointer, after) {
  const { node: criterion, parent } = locate(scheme, criterionPointer);
  const stage = locate(scheme, parent.replace(/\/criteria$/, "")).node;
  criterion.aspects ??= [];
  const index = after === undefined ? criterion.aspects.length : after + 1;
  const model = criterion.aspects[index - 1];
  const aspect = model ? structuredClone(model) : newAspect(`${criterion.code ?? ""}0`);
  aspect.code = nextCode(aspect.code, aspectCodes(stage));
  aspect.title = "";
  delete aspect.description;
  criterion.aspects.splice(index, 0, aspect);
  return `${criterionPointer}/aspects/${index}`;
}

export function addCriterion(scheme, stagePointer) {
  const stage = locate(scheme, stagePointer).node;
  stage.criteria ??= [];
  const last = stage.criteria.at(-1);
  const code = last ? nextCode(last.code, codes(stage.criteria)) : "A";
  const first = nextCode(`${code}0`, aspectCodes(stage));
  stage.criteria.push({ code, title: "", aspects: [newAspect(first)] });
  return `${stagePointer}/criteria/${stage.criteria.length - 1}`;
}

export function addStage(scheme) {
  scheme.stages ??= [];
  const last = scheme.stages.at(-1);
  const code = last ? nextCode(last.code, codes(scheme.stages)) : "P";
  scheme.stages.push({ code, title: "", max: "100", criteria: [{ code: "A", title: "", aspects: [newAspect("A1")] }] });
  return `/stages/${scheme.stages.length - 1}`;
}

export function addTie(scheme) {
  scheme.ranking ??= {};
  scheme.ranking.ties ??= [];
  scheme.ranking.ties.push({ by: "manual" });
  return `/ranking/ties/${scheme.ranking.ties.length - 1}`;
}

export function addTier(scheme) {
  scheme.awards ??= { base: "checked_in", boundary: "decide" };
  scheme.awards.tiers ??= [];
  scheme.awards.tiers.push({ title: "", count: 1 });
  return `/awards/tiers/${scheme.awards.tiers.length - 1}`;
}

export function remove(scheme, pointer) {
  const { list, index, parent } = locate(scheme, pointer);
  list.splice(index, 1);
  return list.length ? `${parent}/${Math.min(index, list.length - 1)}` : "";
}

// An aspect at the edge of its criterion moves on into the neighbouring one.
export function move(scheme, pointer, by) {
  const { list, node, index, parent } = locate(scheme, pointer);
  const target = index + by;
  if (target >= 0 && target < list.length) {
    list.splice(index, 1);
    list.splice(target, 0, node);
    return `${parent}/${target}`;
  }
  const criterion = parent.endsWith("/aspects") ? locate(scheme, parent.slice(0, -8)) : null;
  const neighbour = criterion?.list[criterion.index + by];
  if (!neighbour) return pointer;
  neighbour.aspects ??= [];
  list.splice(index, 1);
  neighbour.aspects.splice(by > 0 ? 0 : neighbour.aspects.length, 0, node);
  return `${criterion.parent}/${criterion.index + by}/aspects/${neighbour.aspects.indexOf(node)}`;
}

// Everything that a tie-break can name, with its title.
export function paths(scheme, by) {
  const found = [];
  for (const stage of scheme.stages ?? []) {
    if (by === "stage") found.push([stage.code, stage.title]);
    for (const criterion of stage.criteria ?? []) {
      if (by === "criterion") found.push([`${stage.code}.${criterion.code}`, criterion.title]);
      for (const aspect of criterion.aspects ?? []) {
        if (by === "aspect") found.push([`${stage.code}.${criterion.code}.${aspect.code}`, aspect.title]);
      }
    }
  }
  return found;
}

// Tie-breaks follow a code that is written anew. `pathsBefore` are the paths of all kinds before the change.
export function follow(scheme, pathsBefore) {
  for (const tie of scheme.ranking?.ties ?? []) {
    const index = (pathsBefore[tie.by] ?? []).findIndex(([path]) => path === tie.code);
    const now = index < 0 ? undefined : paths(scheme, tie.by)[index]?.[0];
    if (now !== undefined) tie.code = now;
  }
}

export function allPaths(scheme) {
  return Object.fromEntries(["stage", "criterion", "aspect"].map((by) => [by, paths(scheme, by)]));
}
