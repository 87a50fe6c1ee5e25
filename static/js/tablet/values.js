// Reads what a judge entered and turns it into points, exactly as scoring/rules/values.py does: whole millionths
// as BigInt, no binary fraction anywhere. tests/tablet/test_values.py compares the two.
const ONE = 1000000n;
const NUMBER = /^(-?)([0-9]{1,12})(?:\.([0-9]{1,6}))?$/;
const LONGEST_SHOWN = 40;
const SIGNS = { "．": ".", "。": ".", "，": ",", "－": "-", "／": "/", "：": ":" };

export function plain(text) {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。，－／：]/g, (sign) => SIGNS[sign])
    .trim();
}

class Wrong extends Error {
  constructor(code, variant, params = {}) {
    super(code);
    this.finding = { code, variant, params };
  }
}

export function decimal(text) {
  const parts = NUMBER.exec(text);
  if (!parts) throw new Wrong("SCORE_FORMAT", "decimal");
  const number = BigInt(parts[2]) * ONE + BigInt((parts[3] ?? "").padEnd(6, "0"));
  return parts[1] ? -number : number;
}

export function short(number) {
  const [whole, rest] = [(number < 0n ? -number : number) / ONE, (number < 0n ? -number : number) % ONE];
  const decimals = String(rest).padStart(6, "0").replace(/0+$/, "");
  return `${number < 0n ? "-" : ""}${whole}${decimals ? `.${decimals}` : ""}`;
}

const amount = (text) => (text === null ? null : BigInt(text));
const highest = (rule) => amount(rule.max) ?? 0n;

function whole(number) {
  if (number % ONE) throw new Wrong("SCORE_FORMAT", "whole");
  return number;
}

function notNegative(number) {
  if (number < 0n) throw new Wrong("SCORE_RANGE", "negative");
  return number;
}

function within(rule, number, limited = true) {
  const [least, most, step] = [amount(rule.min), highest(rule), amount(rule.step)];
  if (limited && (number < least || number > most)) {
    throw new Wrong("SCORE_RANGE", "range", { least: short(least), most: short(most) });
  }
  if (number % step) throw new Wrong("SCORE_STEP", "step", { step: short(step) });
  return number;
}

function pair(text) {
  const cut = text.indexOf("/");
  return cut < 0 ? [decimal(text), null] : [decimal(text.slice(0, cut)), decimal(text.slice(cut + 1))];
}

const READERS = {
  score: (rule, text) => within(rule, decimal(text)),
  judgement(rule, text) {
    const level = decimal(text);
    const most = BigInt(rule.levels - 1);
    if (level % ONE || level < 0n || level > most * ONE) throw new Wrong("JUDGEMENT_VALUE", "level", { most });
    return level;
  },
  measurement(rule, text) {
    if (rule.entry !== "pass") return within(rule, decimal(text), rule.entry === "points");
    if (text !== "yes" && text !== "no") throw new Wrong("SCORE_FORMAT", "pass");
    return text === "yes" ? ONE : 0n;
  },
  count(rule, text) {
    const [first, second] = pair(text);
    const [hits, wrong] = [whole(first), whole(second ?? 0n)];
    return [notNegative(hits), notNegative(wrong)];
  },
  deduction(rule, text) {
    const number = decimal(text);
    return notNegative(rule.per === null ? number : whole(number));
  },
  time(rule, text) {
    const seconds = decimal(text);
    if ((text.split(".")[1] ?? "").length > 3) throw new Wrong("SCORE_FORMAT", "seconds");
    return notNegative(seconds);
  },
  indicator(rule, text) {
    const [achieved, own] = pair(text);
    const target = own ?? amount(rule.target);
    if (target === null) throw new Wrong("SCORE_FORMAT", "target_missing");
    if (target <= 0n) throw new Wrong("SCORE_RANGE", "target");
    return [notNegative(achieved), target];
  },
};

// Returns the first thing that is wrong with a value, or null.
export function check(rule, text) {
  try {
    if (rule.kind === "time" && /^[0-9]+:[0-9]+(\.[0-9]+)?$/.test(text)) throw new Wrong("SECONDS", "");
    READERS[rule.kind](rule, text);
    return null;
  } catch (fault) {
    if (!(fault instanceof Wrong)) throw fault;
    const shown = text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 1)}…`;
    return { ...fault.finding, params: { value: shown, ...fault.finding.params } };
  }
}

const least = (one, other) => (one < other ? one : other);
const most = (one, other) => (one > other ? one : other);
const whenHigher = (rule, [achieved, target]) => [least(highest(rule) * target, highest(rule) * achieved), target];
const whenLower = (rule, [achieved, target]) =>
  achieved <= 0n ? [highest(rule), 1n] : [least(highest(rule) * achieved, highest(rule) * target), achieved];

// The points before the panel as numerator and denominator, in millionths.
const POINTS = {
  score: (rule, value) => [value, 1n],
  judgement: (rule, value) => [value * highest(rule), BigInt(rule.levels - 1) * ONE],
  measurement(rule, value) {
    if (rule.entry === "pass") return [value ? highest(rule) : 0n, 1n];
    if (rule.entry === "points") return [value, 1n];
    const nominal = amount(rule.nominal);
    const off = nominal === null ? value : value - nominal;
    const measured = nominal !== null && off < 0n ? -off : off;
    const band = rule.bands.find(([upto]) => BigInt(upto) >= measured);
    return [band ? BigInt(band[1]) : 0n, 1n];
  },
  count(rule, [hits, wrong]) {
    const points = (amount(rule.per) ?? 0n) * (hits / ONE) - amount(rule.per_false) * (wrong / ONE);
    return [least(highest(rule), most(0n, points)), 1n];
  },
  deduction(rule, faults) {
    const zero = amount(rule.zero_at);
    if (zero !== null && faults >= zero) return [0n, 1n];
    const lost = rule.per === null ? faults : amount(rule.per) * (faults / ONE);
    return [most(0n, highest(rule) - lost), 1n];
  },
  time(rule, seconds) {
    const left = amount(rule.limit) - seconds;
    const minutes = 60n * ONE;
    if (left <= 0n) return [amount(rule.late) * left, minutes];
    return [least(amount(rule.cap) * minutes, amount(rule.early) * left), minutes];
  },
  indicator: (rule, value) => (rule.better === "higher" ? whenHigher : whenLower)(rule, value),
};

function rounded([numerator, denominator], places) {
  const unit = 10n ** BigInt(6 - (places ?? 6));
  const divisor = denominator * unit;
  const half = (number) => ((2n * number + divisor) / (2n * divisor)) * unit; // half away from zero
  return numerator < 0n ? -half(-numerator) : half(numerator);
}

// The points of one good value in millionths; null where there are none, as for a time that is only compared.
export function points(rule, text) {
  if (!text || check(rule, text) || (rule.kind === "time" && rule.limit === null)) return null;
  return rounded(POINTS[rule.kind](rule, READERS[rule.kind](rule, text)), rule.places);
}

export function format(number, places) {
  if (places === null) return short(number);
  const positive = number < 0n ? -number : number;
  const decimals = String(positive % ONE).padStart(6, "0").slice(0, places);
  return `${number < 0n ? "-" : ""}${positive / ONE}${decimals ? `.${decimals}` : ""}`;
}
