// What this device knows for one judge. A sheet is the server's state that was last heard of; every edit is an
// operation that stands beside it until the server has answered. What the judge sees is the one with the others on
// top, so nothing has to be read, changed and written back for an edit: it is one transaction that only adds.
import { Stale, asked, run, whenReopened } from "./database.js";
import { ALL, picture, restore } from "./rescue.js";
import { Seal, newId } from "./seal.js";

const TRIES = 5;
export const placeOf = ([aspect, attempt]) => `${aspect}/${attempt}`;
// Signed, and whatever came after it: for its judge it is closed.
export const isSigned = ({ state }) => !["draft", "returned"].includes(state);
const listed = (marks) => String([...marks].sort());

export class Store {
  constructor(judge, seal) {
    Object.assign(this, { judge, seal, records: new Map(), ops: [], steps: [], bundle: null, device: "" });
    Object.assign(this, { image: null, restored: null, onfault: null });
    this.listeners = new Set();
    this.tail = Promise.resolve();
    this.opened = new Map(); // what was deciphered, by the revision of its record
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel("marking") : null;
    this.channel?.addEventListener("message", () => this.refresh().catch(() => {}));
  }

  static async open(judge) {
    const store = new Store(judge, await Seal.of(judge));
    const fresh = { ref: newId(), proof: `${newId()}-${newId()}` };
    const { ref, proof } = await run(["meta"], "readwrite", async ({ meta }) => {
      const kept = await asked(meta.get("device"));
      const whole = typeof kept === "string" ? { ...fresh, ref: kept } : kept ?? fresh; // earlier versions kept no secret
      if (whole !== kept) meta.put(whole, "device");
      meta.put(judge, "current");
      return whole;
    });
    Object.assign(store, { device: ref, proof });
    await store.refresh();
    whenReopened((within) => store.mend(within), (fault) => store.onfault?.(fault));
    return store;
  }

  async mend(within) {
    if (!(await restore(within, this.image, this.judge))) return;
    this.restored = new Date();
    this.refresh().catch((fault) => this.onfault?.(fault));
  }

  // Looks whether the device can save: what could not be saved a moment ago may go now.
  async probe() {
    await this.note("current", this.judge);
    await this.refresh();
  }

  // Keeps something beside the sheets, or forgets it.
  async note(key, value) {
    await run(["meta"], "readwrite", ({ meta }) => asked(value === undefined ? meta.delete(key) : meta.put(value, key)));
    if (value === undefined) this.image.meta.delete(key);
    else this.image.meta.set(key, value);
  }

  // Everything that changes goes one after the other, in the order in which it was asked for.
  serial(work) {
    const next = this.tail.then(work);
    this.tail = next.catch(() => {});
    return next;
  }

  refresh() {
    return this.serial(() => this.load());
  }

  async load() {
    this.image = await run(ALL, "readonly", picture);
    const mine = (name) => [...this.image[name].values()].filter(({ judge }) => judge === this.judge);
    const bundles = [this.image.meta.get(`bundle/${this.judge}`)].filter(Boolean);
    const before = this.opened;
    this.opened = new Map();
    const plain = async (row) => {
      const content = before.get(row.rev) ?? (await this.read(row.data));
      this.opened.set(row.rev, content);
      return { ...row, content };
    };
    const [sheets, ops, steps, bundle] = await Promise.all(
      [mine("sheet"), mine("op"), mine("step"), bundles].map((rows) => Promise.all(rows.map(plain))),
    );
    this.records = new Map(sheets.map((row) => [row.ref, row]));
    Object.assign(this, { ops, steps, bundle: bundle[0] ?? null });
    this.tell();
  }

  async read(data) {
    try {
      return await this.seal.open(data);
    } catch {
      this.seal = await Seal.of(this.judge); // another page has brought its key along
      return this.seal.open(data);
    }
  }

  tell() {
    this.byRef = new Map();
    for (const op of this.ops) this.byRef.set(op.sheet, [...(this.byRef.get(op.sheet) ?? []), op]);
    for (const listener of this.listeners) listener();
  }

  changed() {
    this.channel?.postMessage("changed");
  }

  get events() {
    return this.bundle?.content.events ?? [];
  }

  // One sheet as the judge sees it.
  sheet(ref) {
    const record = this.records.get(ref);
    if (!record) return null;
    const ops = this.byRef.get(ref) ?? [];
    const marks = new Map(record.content.marks.map((row) => [placeOf(row), row[2]]));
    const errors = new Map();
    let signing = false;
    for (const op of ops) {
      if (op.place) errors.set(op.place, { value: op.content.marks[0][2], text: op.content.text });
      else if (!op.refused && op.kind === "sign") signing = true;
      else if (!op.refused) for (const row of op.content.marks) marks.set(placeOf(row), row[2]);
    }
    for (const [place, value] of marks) if (value === "") marks.delete(place);
    const { marks: server, ...content } = record.content;
    // What the judge is asked to look at again: then nothing else is open.
    const asked = content.state === "returned" ? (content.asked ?? []).map(placeOf) : [];
    return { ...content, asked, ref, version: record.version, server, marks, ops, errors, signing };
  }

  sheets(event, stage) {
    const found = [...this.records.values()].filter(({ content }) =>
      (event === undefined || content.event === event) && (stage === undefined || content.stage === stage));
    return found.map(({ ref }) => this.sheet(ref)).sort((one, other) => (one.code < other.code ? -1 : 1));
  }

  stage(event, code) {
    return this.events.find(({ id }) => id === event)?.stages.find((stage) => stage.code === code) ?? null;
  }

  // Edits -----------------------------------------------------------------------------------------------

  edit(ref, marks) {
    return this.serial(async () => {
      const before = marks.map((row) => [row[0], row[1], this.sheet(ref).marks.get(placeOf(row)) ?? ""]);
      await this.add(ref, marks, (step, data) => step.add({ judge: this.judge, sheet: ref, rev: newId(), data }), before);
    });
  }

  undo(ref) {
    return this.serial(async () => {
      const last = this.history(ref).at(-1);
      if (!last) return null;
      await this.add(ref, last.content, (step) => step.delete(last.seq), []);
      return last.content[0];
    });
  }

  history(ref) {
    return this.steps.filter((step) => step.sheet === ref);
  }

  async add(ref, marks, keep, before) {
    const [data, step] = await Promise.all(
      [this.seal.close({ marks, device_time: new Date().toISOString() }), this.seal.close(before)],
    );
    const places = new Set(marks.map(placeOf));
    const corrected = this.ops.filter((op) => op.sheet === ref && places.has(op.place));
    const row = this.row(ref, "save", data);
    const seq = await run(["sheet", "op", "step"], "readwrite", async (stores) => {
      if (!(await asked(stores.sheet.getKey(`${this.judge}/${ref}`)))) throw new Error("this sheet is not here");
      for (const { seq } of corrected) stores.op.delete(seq);
      keep(stores.step, step);
      return asked(stores.op.add(row));
    });
    this.image.op.set(seq, { ...row, seq });
    await this.load();
    this.changed();
  }

  row(ref, kind, data, more = {}) {
    return { judge: this.judge, sheet: ref, kind, rev: newId(), sent: false, op_id: null, refused: null, place: null, data, ...more };
  }

  // A double tap is one signature: who comes second finds the first. It takes the place of one that was refused.
  // Returns false where the marks are no longer those that were shown when they were signed.
  sign({ ref, marks }, { made, device_time }) {
    return this.serial(async () => {
      await this.load();
      if (listed(this.sheet(ref).marks) !== listed(marks)) return false;
      const data = await this.seal.close({ marks: [], device_time, signature: made });
      const row = this.row(ref, "sign", data);
      const seq = await run(["op"], "readwrite", async ({ op }) => {
        const there = await asked(op.index("judge").getAll(this.judge));
        const signatures = there.filter(({ sheet, kind }) => sheet === ref && kind === "sign");
        if (signatures.some(({ refused }) => !refused)) return null;
        for (const { seq } of signatures) op.delete(seq);
        return asked(op.add(row));
      });
      if (seq !== null) this.image.op.set(seq, { ...row, seq });
      await this.load();
      this.changed();
      return true;
    });
  }

  // Takes away what the server has finally refused and has on record, once the judge has read it.
  acknowledge(seq) {
    return this.serial(async () => {
      await run(["op"], "readwrite", ({ op }) => asked(op.delete(seq)));
      await this.load();
      this.changed();
    });
  }

  // Writes a sheet anew on the ground of what was read; if that has changed meanwhile, from the start.
  async rewrite(ref, change, also) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const seen = this.records.get(ref);
      if (!seen) return run(["op"], "readwrite", async ({ op }) => also({ op, step: { delete() {} } }));
      const { version, content } = change(seen);
      const data = await this.seal.close(content);
      try {
        return await run(["sheet", "op", "step"], "readwrite", async (stores) => {
          const now = await asked(stores.sheet.get(seen.key));
          if (now?.rev !== seen.rev) throw new Stale();
          if ((await also(stores)) !== false) stores.sheet.put({ ...now, version, rev: newId(), data });
        });
      } catch (fault) {
        if (!(fault instanceof Stale)) throw fault;
        await this.load();
      }
    }
    throw new Error("two tabs write the same sheet");
  }
}
