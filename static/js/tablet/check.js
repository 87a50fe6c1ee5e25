// The device check: what this tablet needs for a day of marking, row by row, and what to do where it lacks it.
import { asked, run } from "./database.js";
import { facts } from "./facts.js";
import { renew } from "../renew.js";
import { clock, say } from "./words.js";

const SPACE = 50; // MB
const SLIP = 60; // seconds
const DAYS = 3;
const MARKS = { ok: "✓", bad: "✗", open: "…" };

export class CheckView {
  constructor(app) {
    this.app = app;
    const { body, dock } = app.view("check-view");
    Object.assign(this, { body, dock, rows: [] });
    this.list = body.querySelector("[data-rows]");
    dock.querySelector("[data-again]").addEventListener("click", () => this.look(true));
    this.look(false);
  }

  async look(again) {
    if (again) await navigator.storage?.persist?.().catch(() => false);
    if (again) await this.app.sender.hurry();
    this.facts = await facts(this.app.store, this.app.sender.skew);
    this.update();
    if (this.seen) return;
    this.seen = true;
    await noteChecked();
    this.app.sender.contact.check();
    this.app.sender.flush(true);
  }

  update() {
    if (!this.facts) return;
    const rows = this.results();
    renew(this.list, rows.map((row) => this.row(row)));
    const bad = rows.filter(({ state }) => state === "bad").length;
    this.dock.querySelector("[data-total]").textContent = bad ? say("check-bad", { count: bad }) : say("check-good");
    this.body.querySelector("[data-name]").textContent = say("check-name", { name: this.app.sender.contact.name || "—" });
  }

  results() {
    const { secure, worker, persisted, installed, free, skew, tasks } = this.facts;
    const { store, sender } = this.app;
    const heard = skew !== null;
    const { certificate } = sender.contact;
    const at = store.bundle?.content.at;
    return [
      { name: "secure", state: secure },
      { name: "worker", state: secure && worker },
      { name: "persisted", state: persisted === true },
      { name: "installed", state: installed },
      { name: "free", state: free === null || free >= SPACE, values: { free: free ?? "—" } },
      { name: "clock", state: heard ? Math.abs(skew) <= SLIP : null, values: { seconds: Math.abs(skew ?? 0) } },
      { name: "tasks", state: Boolean(at), values: { count: tasks, time: at ? clock(at) : "" } },
      ...(certificate === null ? [] : [{ name: "certificate", state: certificate >= DAYS, values: { days: certificate } }]),
      ...(inside(navigator.userAgent) ? [{ name: "inside", state: false }] : []),
    ].map(({ state, ...row }) => ({ ...row, state: state === null ? "open" : state ? "ok" : "bad" }));
  }

  row({ name, state, values = {} }) {
    const row = document.getElementById("check-row").content.firstElementChild.cloneNode(true);
    row.dataset.check = name;
    row.dataset.state = state;
    row.querySelector("[data-mark]").textContent = MARKS[state];
    row.querySelector("[data-what]").textContent = say(`check-${name}`, values);
    row.querySelector("[data-state]").textContent = say(`check-is-${state}`);
    row.querySelector("[data-why]").textContent = state === "bad" ? say(`check-do-${name}`, values) : "";
    return row;
  }
}

// A page that a chat program shows is not kept: it has to be opened in the browser of the tablet.
function inside(agent) {
  return /MicroMessenger|DingTalk|QQ\//.test(agent);
}

export function wasChecked() {
  return run(["meta"], "readonly", ({ meta }) => asked(meta.get("checked"))).then(Boolean);
}

function noteChecked() {
  return run(["meta"], "readwrite", ({ meta }) => asked(meta.put(new Date().toISOString(), "checked")));
}
