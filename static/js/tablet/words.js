// The app's sentences stand in its shell, in the language of the shell: templates/tablet/_words.html.
const read = (id) => [...(document.getElementById(id)?.content.children ?? [])];
const words = new Map([...read("words"), ...read("device-words"), ...read("check-words")].map((line) => [line.dataset.word, line.textContent]));
const findings = new Map(read("findings").map((line) => [line.dataset.finding, line.textContent]));

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

export function say(name, values = {}) {
  return fill(words.get(name) ?? name, values);
}

// A finding of values.js in the words of the server's.
export function explain({ code, variant, params }) {
  return fill(findings.get(`${code}/${variant}`) ?? words.get(code) ?? code, params);
}

export function clock(moment) {
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
}
