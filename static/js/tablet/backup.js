// A file of everything that is not on the server, for the day on which this tablet cannot upload any more. It is
// closed for the server alone, as core/boxes/closing.py opens it: nobody on the way reads or changes it.
import { asked, run } from "./database.js";
import { stated, waiting } from "./outbox.js";
import { newId } from "./seal.js";
import { placeOf } from "./store.js";

const FORMAT = "jiangsai-marks-backup/1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const LATE = 10 * 60000;
const bytesOf = (text) => new TextEncoder().encode(text);
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const possible = () => Boolean(globalThis.isSecureContext && crypto.subtle);

// Since when the oldest thing has been waiting that is not on the server, in minutes; 0 where it is not long.
export function late(store, now = Date.now()) {
  const times = store.ops.filter((op) => !op.refused).map((op) => Date.parse(op.content.device_time) || now);
  const oldest = Math.min(now, ...times);
  return now - oldest < LATE ? 0 : Math.floor((now - oldest) / 60000);
}

// Everything that waits gets its number now and is never changed again: the tablet, if it still uploads, sends the
// same operations as the file holds, and each counts once. The base of a later operation of a sheet is what the one
// before it will have made.
async function freeze(store) {
  return store.serial(async () => {
    await store.load();
    const fresh = await allNumbered(store);
    await run(["op"], "readwrite", async ({ op }) => {
      for (const { parts, row } of fresh) {
        const now = await Promise.all(parts.map(({ seq }) => asked(op.get(seq))));
        if (now.some((kept, index) => kept?.rev !== parts[index].rev)) continue; // another tab was first
        for (const { seq } of parts.slice(1)) op.delete(seq);
        op.put({ ...now[0], ...row });
      }
    });
    await store.load();
    if (fresh.length) store.changed();
    return store.ops.filter((op) => op.sent && !op.refused);
  });
}

// The device's database is out of order: the file holds what this page knows.
async function remembered(store) {
  const rows = new Map(store.ops.map((op) => [op.seq, op]));
  for (const { parts, row, content } of await allNumbered(store)) {
    for (const { seq } of parts.slice(1)) rows.delete(seq);
    rows.set(parts[0].seq, { ...parts[0], ...row, content });
  }
  return [...rows.values()].filter((op) => op.sent && !op.refused);
}

async function allNumbered(store) {
  const conflicts = store.ops.filter((op) => !op.refused && store.records.get(op.sheet)?.content.conflict);
  const groups = [...waiting(store), ...conflicts.map((op) => [op])];
  return (await Promise.all(groups.map((ops) => numbered(store, ops)))).flat();
}

async function numbered(store, ops) {
  let base = store.records.get(ops[0].sheet)?.version ?? 0;
  const fresh = [];
  for (const parts of runs(ops)) {
    const [head] = parts;
    if (!head.sent) {
      const marks = [...new Map(parts.flatMap((op) => op.content.marks).map((row) => [placeOf(row), row])).values()];
      const content = { ...head.content, base, marks, device_time: parts.at(-1).content.device_time };
      fresh.push({ parts, content, row: { sent: true, op_id: newId(), rev: newId(), data: await store.seal.close(content) } });
    } else base = head.content.base;
    base += 1;
  }
  return fresh;
}

// What was sent stays alone; saves that follow one another and were never sent become one.
function runs(ops) {
  const found = [];
  for (const op of ops) {
    const last = found.at(-1)?.[0];
    if (last && !last.sent && !op.sent && last.kind === "save" && op.kind === "save") found.at(-1).push(op);
    else found.push([op]);
  }
  return found;
}

async function close(text, { kid, point }) {
  const theirs = await crypto.subtle.importKey("raw", Uint8Array.from(point.match(/../g), (pair) => parseInt(pair, 16)), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const mine = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: mine, info: bytesOf(FORMAT) };
  const key = await crypto.subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bound = { name: "AES-GCM", iv, additionalData: bytesOf(`${FORMAT} ${kid}`) };
  const body = new Uint8Array(await crypto.subtle.encrypt(bound, key, bytesOf(text)));
  const box = new Uint8Array([...mine, ...iv, ...body]);
  return btoa(Array.from(box, (byte) => String.fromCharCode(byte)).join(""));
}

// Returns {name, file, digits, count}, or null where there is nothing to keep or no key to close it with.
export async function make(store) {
  const key = store.bundle?.content.backup;
  if (!possible() || !key) return null;
  const ops = await freeze(store).catch(() => remembered(store));
  if (!ops.length) return null;
  const inner = {
    judge: store.judge, password: key.password, device: store.device, made_at: new Date().toISOString(),
    operations: ops.map(stated),
  };
  const text = JSON.stringify({ format: FORMAT, kid: key.kid, box: await close(JSON.stringify(inner), key) });
  const digits = hex(await crypto.subtle.digest("SHA-256", bytesOf(text))).slice(0, 12).toUpperCase();
  const label = [...new Set(store.events.map(({ judge }) => judge))].join("-");
  return { name: `${label}-${digits}.jsbackup`, file: new Blob([text], { type: "application/json" }), digits, count: ops.length };
}

export function download({ name, file }) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
