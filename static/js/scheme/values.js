// How a value of the scheme is shown in an input, and how what was typed becomes a value again.
// A key that nobody touches stays exactly as it is, also where it holds something unexpected.
const FULL_WIDTH = { "．": ".", "。": ".", "，": ",", "－": "-", "—": "-", "：": ":" };
export const RULES = ["count", "percent", "ranks", "top_fraction", "threshold", "place"];
const WHOLE_RULES = ["count", "place"];

export function plain(text) {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。，－—：]/g, (sign) => FULL_WIDTH[sign])
    .trim();
}

export function get(node, key) {
  return key.split("/").reduce((found, step) => (isObject(found) ? found[step] : undefined), node);
}

// `undefined` takes the key away, and an inner object with it when nothing else is in it.
export function put(node, key, value) {
  const [outer, inner] = key.split("/");
  if (inner === undefined) {
    if (value === undefined) delete node[outer];
    else node[outer] = value;
    return;
  }
  if (value !== undefined) node[outer] = { ...node[outer], [inner]: value };
  else if (isObject(node[outer])) {
    delete node[outer][inner];
    if (!Object.keys(node[outer]).length) delete node[outer];
  }
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function ruleOf(tier) {
  return RULES.find((rule) => rule in tier);
}

export function show(input, node) {
  const { type, key } = input.dataset;
  const value = get(node, key);
  if (input.type === "checkbox") input.checked = type === "scale" ? Boolean(value) : value !== false;
  else if (type === "lines") input.value = Array.isArray(value) ? value.join("\n") : "";
  else if (type === "rule") choose(input, ruleOf(node) ?? "");
  else if (type === "rule-value") input.value = text(node[ruleOf(node)]);
  else if (input.tagName === "SELECT") choose(input, value === undefined ? usual(type) : String(value));
  else input.value = text(value);
}

function usual(type) {
  return type.startsWith("default:") ? type.slice(8) : "";
}

function text(value) {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join("–");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

// A value that is not among the options is shown all the same, so that it is not lost unseen.
function choose(select, value) {
  select.querySelector("[data-odd]")?.remove();
  if (![...select.options].some((option) => option.value === value)) {
    const option = new Option(value, value);
    option.dataset.odd = "";
    select.add(option);
  }
  select.value = value;
}

export function take(input, node) {
  const { type, key } = input.dataset;
  if (type === "rule") return takeRule(node, input.value);
  if (type === "rule-value") return void (node[ruleOf(node) ?? "count"] = ruleValue(ruleOf(node), plain(input.value)));
  put(node, key, read(input, get(node, key)));
}

const READERS = {
  text: (typed, before) => (typed === "" ? undefined : typeof before === "number" ? whole(typed) : typed),
  decimal: (typed) => (plain(typed) === "" ? undefined : plain(typed)),
  whole: (typed) => (plain(typed) === "" ? undefined : whole(plain(typed))),
  number: (typed, before) => {
    const tidy = plain(typed);
    if (tidy === "") return undefined;
    return typeof before === "number" ? whole(tidy) : tidy;
  },
  places: (typed) => (typed === "" ? undefined : typed === "null" ? null : whole(typed)),
  flag: (typed) => ({ true: true, false: false })[typed],
  lines: (typed) => typed.replace(/\n+$/, "").split("\n"),
};

function read(input, before) {
  const { type } = input.dataset;
  if (type === "scale") return input.checked ? "median700" : null;
  if (input.type === "checkbox") return input.checked ? undefined : false;
  if (type.startsWith("default:")) return input.value;
  return READERS[type](input.value, before);
}

// What is no whole number stays a text: the check says so, and nothing typed is lost.
function whole(typed) {
  return /^\d{1,15}$/.test(typed) ? Number(typed) : typed;
}

function takeRule(tier, rule) {
  const before = ruleOf(tier);
  const value = text(tier[before]).split("–")[0];
  for (const other of RULES) delete tier[other];
  if (rule !== "place") delete tier.band;
  else tier.band ??= "2";
  tier[rule] = rule === "ranks" ? [1, whole(value) || 1] : ruleValue(rule, value || "1");
}

function ruleValue(rule, typed) {
  if (rule === "ranks") return typed.split(/[-–~至]/).map((part) => whole(part.trim()));
  return WHOLE_RULES.includes(rule) ? whole(typed) : typed;
}

// Only what has the outline of a scheme fits into the table; everything else is edited as JSON.
export function fits(scheme) {
  const lists = (node, key, inner) =>
    node[key] === undefined || (Array.isArray(node[key]) && node[key].every((item) => isObject(item) && (!inner || inner(item))));
  const part = (key) => scheme[key] === undefined || scheme[key] === null || isObject(scheme[key]);
  const aspect = (node) => node.panel === undefined || isObject(node.panel);
  const criterion = (node) => lists(node, "aspects", aspect);
  return (
    isObject(scheme) && part("total") && part("ranking") && part("awards") &&
    lists(scheme, "stages", (stage) => lists(stage, "criteria", criterion)) &&
    lists(scheme.ranking ?? {}, "ties") && lists(scheme.awards ?? {}, "tiers")
  );
}
