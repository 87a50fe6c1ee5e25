// Tells the server how this device is, takes calls for the chief judge up and brings down what the judge is asked.
// A call is kept here first, so that it can be made without a network. No mark passes here.
import { asked, run } from "./database.js";
import { patience } from "./bundle.js";
import { newId } from "./seal.js";
import { facts } from "./facts.js";
import { placeOf } from "./store.js";

const WAITS = ["new", "open", "coming"];

export class Contact {
  constructor(store) {
    Object.assign(this, { store, calls: [], nudges: [], seen: new Set(), due: false, told: "", certificate: null, name: "" });
    this.checked = false;
    this.withdrawn = false;
  }

  async open() {
    const start = `call/${this.store.judge}/`;
    const rows = await run(["meta"], "readonly", async ({ meta }) => {
      const keys = (await asked(meta.getAllKeys())).filter((key) => key.startsWith(start));
      return Promise.all(keys.map((key) => asked(meta.get(key))));
    });
    this.calls = await Promise.all(rows.map((row) => this.store.seal.open(row)));
    this.calls.sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  // The newest call that is still of interest.
  get call() {
    return this.calls.findLast?.(({ state }) => WAITS.includes(state)) ?? this.calls.filter(({ state }) => WAITS.includes(state)).at(-1);
  }

  async make(event, sheet, reason) {
    const call = { id: newId(), event, sheet: sheet ?? "", reason, at: new Date().toISOString(), taken_back: false, state: "new" };
    await this.keep(call);
    this.calls.push(call);
    this.hasten();
  }

  async takeBack(call) {
    await this.keep(Object.assign(call, { taken_back: true }));
    this.hasten();
  }

  see(nudge) {
    this.seen.add(nudge.id);
    this.hasten();
  }

  // Everything that was to be looked at has been; the server keeps when.
  check() {
    this.checked = true;
    this.hasten();
  }

  hasten() {
    this.due = true;
    this.store.changed();
    this.store.tell();
  }

  async keep(call) {
    const data = await this.store.seal.close(call);
    await this.store.note(`call/${this.store.judge}/${call.id}`, data);
  }

  async forget(call) {
    await this.store.note(`call/${this.store.judge}/${call.id}`);
    this.calls = this.calls.filter((other) => other !== call);
  }

  // Whenever the server was asked what is new, and when something is to be said. It never holds up marks: what
  // fails is said next time.
  async report(token, skew, asked) {
    const unsent = waitingBy(this.store);
    if (!asked && !this.due && this.told === JSON.stringify(unsent)) return;
    const { judge, device, proof } = this.store;
    const [seen, checked] = [[...this.seen], this.checked];
    const calls = this.calls.map(({ state, ...call }) => call);
    const answer = await this.post(token, { judge, device, proof, facts: await facts(this.store, skew), unsent, calls, seen, checked });
    if (!answer) return;
    this.due = false;
    this.told = JSON.stringify(unsent);
    for (const id of seen) this.seen.delete(id);
    if (checked) this.checked = false;
    await this.hear(answer);
  }

  async post(token, body) {
    try {
      const answer = await fetch("/marking/contact", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body: JSON.stringify(body),
        signal: patience(),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async hear({ device, revoked, calls, nudges, certificate }) {
    const states = new Map(calls.map(({ id, state }) => [id, state]));
    for (const call of [...this.calls]) {
      const state = states.get(call.id);
      if (!state) continue;
      if (!WAITS.includes(state)) await this.forget(call);
      else if (state !== call.state) await this.keep(Object.assign(call, { state }));
      if (state === "done") this.settled = call;
    }
    Object.assign(this, { name: device, withdrawn: revoked, certificate });
    this.nudges = nudges.filter(({ id }) => !this.seen.has(id));
    this.store.tell();
  }
}

// How many values and signatures of each event the server has not confirmed.
export function waitingBy(store) {
  const places = {};
  for (const op of store.ops) {
    const event = store.records.get(op.sheet)?.content.event;
    if (op.refused || !event) continue;
    places[event] ??= new Set();
    if (op.kind === "sign") places[event].add(op.sheet);
    for (const row of op.content.marks) places[event].add(`${op.sheet}/${placeOf(row)}`);
  }
  return Object.fromEntries(Object.entries(places).map(([event, all]) => [event, all.size]));
}
