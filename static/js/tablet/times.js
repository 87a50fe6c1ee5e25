// Times are kept as seconds and keyed in as minutes and seconds; what a judge reads is in words and digits.
import { say } from "./words.js";

// The minutes and seconds of a kept number of seconds, as they are keyed in.
export function minutes(value) {
  const [whole, fraction] = value.split(".");
  return [String(Math.floor(Number(whole) / 60)), String(Number(whole) % 60) + (fraction ? `.${fraction}` : "")];
}

export function seconds(first, rest) {
  // Whole numbers are added exactly; the decimals of the seconds stay as they were typed. What is no time, or has
  // 60 seconds and more, stays as it was typed, and the check says what is wrong with it.
  if (!/^\d{1,6}$/.test(first) || !/^[0-5]?\d(\.\d+)?$/.test(rest)) return `${first}:${rest}`;
  const [whole, fraction] = rest.split(".");
  return String(Number(first) * 60 + Number(whole)) + (fraction ? `.${fraction}` : "");
}

// A kept value as a judge reads it: seconds as minutes and seconds, yes and no in words.
export function shown(rule, value) {
  if (rule.entry === "pass" && rule.kind === "measurement" && value) return say(value);
  if (rule.kind !== "time" || !/^[0-9.]+$/.test(value)) return value;
  const [all, rest] = minutes(value);
  const [hours, left] = [Math.floor(Number(all) / 60), String(Number(all) % 60)];
  const [whole, fraction] = rest.split(".");
  const clock = hours ? `${hours}:${left.padStart(2, "0")}` : left;
  return `${clock}:${whole.padStart(2, "0")}${fraction ? `.${fraction}` : ""}`;
}
