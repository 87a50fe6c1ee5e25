// What waits for the server: which operations go next, and what an answer does to them.
import { Stale, asked, run } from "./database.js";
import { newId } from "./seal.js";
import { placeOf } from "./store.js";

// The operations of each sheet that may be sent, oldest first. A sheet in conflict waits for its judge and
// holds up no other, unless everything goes to the chief judge; what was refused waits to be read.
export function waiting(store, everything = false) {
  const groups = new Map();
  for (const op of store.ops) {
    if (op.refused || (!everything && store.records.get(op.sheet)?.content.conflict)) continue;
    groups.set(op.sheet, [...(groups.get(op.sheet) ?? []), op]);
  }
  return [...groups.values()];
}

// How many values and signatures the server has not confirmed.
export function count(store) {
  const places = new Set();
  for (const op of store.ops) {
    if (op.refused) continue;
    if (op.kind === "sign") places.add(op.sheet);
    for (const row of op.content.marks) places.add(`${op.sheet}/${placeOf(row)}`);
  }
  return places.size;
}

// Operations that were never sent become one; one that was ever sent may have been applied and stays as it is.
function joined(ops) {
  if (ops[0].kind === "sign") return [ops[0]];
  const end = ops.findIndex((op) => op.kind !== "save" || op.sent);
  return end < 0 ? ops : ops.slice(0, end);
}

async function prepare(store, ops) {
  const parts = joined(ops);
  const marks = new Map(parts.flatMap((op) => op.content.marks).map((row) => [placeOf(row), row]));
  const base = store.records.get(parts[0].sheet)?.version ?? 0;
  const { device_time, signature } = parts.at(-1).content;
  const content = { base, marks: [...marks.values()], device_time, signature };
  return { parts, data: await store.seal.close(content), op_id: newId() };
}

// Chooses what is sent next and marks it as sent, in one transaction.
export function pick(store, most, everything = false) {
  return store.serial(async () => {
    await store.load();
    const heads = waiting(store, everything).slice(0, most);
    const fresh = await Promise.all(heads.filter(([head]) => !head.sent).map((ops) => prepare(store, ops)));
    await run(["op"], "readwrite", async ({ op }) => {
      for (const { parts, data, op_id } of fresh) {
        const now = await Promise.all(parts.map(({ seq }) => asked(op.get(seq))));
        if (now.some((row, index) => row?.rev !== parts[index].rev)) continue; // another tab was first
        for (const { seq } of parts.slice(1)) op.delete(seq);
        op.put({ ...now[0], sent: true, op_id, rev: newId(), data });
      }
    });
    await store.load();
    if (fresh.length) store.changed();
    return waiting(store, everything).map(([head]) => head).filter((head) => head.sent).slice(0, most);
  });
}

export function stated({ op_id, sheet, kind, content: { base, marks, device_time, signature } }) {
  return { op_id, sheet, base, kind, marks, device_time, ...(kind === "sign" ? { signature } : {}) };
}

// Does what the answers say; returns how many operations are still to be asked for again.
export function settle(store, sent, verdicts) {
  return store.serial(async () => {
    const byId = new Map(verdicts.map((verdict) => [verdict.op_id, verdict]));
    let open = 0;
    for (const op of sent) {
      const verdict = byId.get(op.op_id) ?? { outcome: "fault" };
      if (["fault", "full"].includes(verdict.outcome)) open += 1;
      else await (ANSWERS[verdict.outcome] ?? refuse)(store, op, verdict);
    }
    await store.load();
    store.changed();
    return open;
  });
}

const mine = async (stores, op) => (await asked(stores.op.get(op.seq)))?.op_id === op.op_id;

function folded(marks, changes) {
  const all = new Map([...marks, ...changes].map((row) => [placeOf(row), row]));
  return [...all.values()].filter(([, , value]) => value !== "");
}

async function apply(store, op, verdict) {
  const change = ({ version, content }) => ({
    version: Math.max(version, verdict.version),
    content: { ...content, state: verdict.state, marks: folded(content.marks, op.content.marks) },
  });
  await store.rewrite(op.sheet, change, async (stores) => {
    if (!(await mine(stores, op))) return false;
    stores.op.delete(op.seq);
    if (op.kind === "sign") for (const { seq } of store.history(op.sheet)) stores.step.delete(seq);
    return true;
  });
}

async function collide(store, op, { version, state, marks, by, at }) {
  const change = (seen) => ({ ...seen, content: { ...seen.content, conflict: { version, state, marks, by, at } } });
  await store.rewrite(op.sheet, change, (stores) => mine(stores, op));
}

// Sends what was good about a refused operation again, and keeps each refused value at its place.
async function sendBack(store, op, verdict) {
  if (op.kind === "sign" || !verdict.errors?.length) return refuse(store, op, verdict);
  const wrong = new Map(verdict.errors.map((row) => [placeOf(row), row[2]]));
  const { device_time } = op.content;
  const later = store.ops.filter((other) => other.sheet === op.sheet && other.seq > op.seq && !other.refused);
  const corrected = new Set(later.flatMap((other) => other.content.marks.map(placeOf)));
  const bad = op.content.marks.filter((row) => wrong.has(placeOf(row)) && !corrected.has(placeOf(row)));
  const rows = await Promise.all(bad.map(async (row) => {
    const data = await store.seal.close({ marks: [row], device_time, text: wrong.get(placeOf(row)) });
    return store.row(op.sheet, "save", data, { refused: "value", place: placeOf(row) });
  }));
  const good = op.content.marks.filter((row) => !wrong.has(placeOf(row)));
  const rest = await store.seal.close({ marks: good, device_time });
  await run(["op"], "readwrite", async (stores) => {
    if (!(await mine(stores, op))) return;
    // The good values keep their turn: what was entered later must stay on top of them.
    if (good.length) stores.op.put({ ...store.row(op.sheet, "save", rest), seq: op.seq });
    else stores.op.delete(op.seq);
    for (const row of rows) stores.op.add(row);
  });
}

async function refuse(store, op, verdict) {
  await run(["op"], "readwrite", async (stores) => {
    const now = await asked(stores.op.get(op.seq));
    if (now?.op_id === op.op_id) stores.op.put({ ...now, refused: verdict.outcome, rev: newId() });
  });
}

const ANSWERS = { applied: apply, conflict: collide, rejected: sendBack };

// The judge has chosen: the server's version is the new ground, and the own choices are one new operation on it.
export function resolve(store, ref, choices) {
  return store.serial(async () => {
    const chosen = [...choices].map(([place, value]) => [...cut(place), value]);
    const data = await store.seal.close({ marks: chosen, device_time: new Date().toISOString() });
    const ops = store.ops.filter((op) => op.sheet === ref && !op.place);
    const change = ({ content: { conflict, ...content } }) => ({
      version: conflict.version,
      content: { ...content, state: conflict.state, marks: conflict.marks },
    });
    await store.rewrite(ref, change, async (stores) => {
      for (const { seq } of ops) stores.op.delete(seq);
      for (const { seq } of store.history(ref)) stores.step.delete(seq);
      if (chosen.length) stores.op.add(store.row(ref, "save", data));
    });
    await store.load();
    store.changed();
  });
}

export function cut(place) {
  const stroke = place.lastIndexOf("/");
  return [place.slice(0, stroke), Number(place.slice(stroke + 1))];
}

export { Stale };
