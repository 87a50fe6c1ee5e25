// Other judges who have used this device: what they have not uploaded stays and is named; the rest is wiped.
import { asked, run } from "./database.js";
import { ALL } from "./rescue.js";

// Whose marks were shown here last: a browser that was killed may have lost the cookie that says so.
export function lastJudge() {
  return run(["meta"], "readonly", ({ meta }) => asked(meta.get("current")));
}

export function othersUnsent(store) {
  return run(["op", "meta"], "readonly", async ({ op, meta }) => {
    const counts = new Map();
    for (const row of await asked(op.getAll())) {
      if (row.judge !== store.judge) counts.set(row.judge, (counts.get(row.judge) ?? 0) + 1);
    }
    const labelled = [...counts].map(async ([judge, count]) => ({ judge, count, label: (await asked(meta.get(`label/${judge}`))) ?? "" }));
    return Promise.all(labelled);
  });
}

export function forgetOthers(store) {
  return run(ALL, "readwrite", async (stores) => {
    const holding = new Set((await asked(stores.op.getAll())).map(({ judge }) => judge));
    const keys = await asked(stores.meta.getAllKeys());
    const known = new Set(keys.map((key) => key.split("/")[1]).filter(Boolean));
    for (const judge of known) if (judge !== store.judge && !holding.has(judge)) await clear(stores, judge);
  });
}

// Wipes everything of one judge; refused with what is still here while anything is unsent.
export function wipe(judge) {
  return run(ALL, "readwrite", async (stores) => {
    const held = (await asked(stores.op.getAll())).filter((row) => row.judge === judge);
    if (held.length) return held;
    await clear(stores, judge);
    if ((await asked(stores.meta.get("current"))) === judge) stores.meta.delete("current");
    return [];
  });
}

// Wipes a device that was taken out of service, once the server has everything: the next judge gets a new number.
export function clearDevice(judge) {
  return run(ALL, "readwrite", async (stores) => {
    const held = (await asked(stores.op.getAll())).filter((row) => row.judge === judge);
    if (held.some(({ refused }) => !refused)) return false;
    await clear(stores, judge);
    stores.meta.delete("current");
    stores.meta.delete("device");
    return true;
  });
}

async function clear(stores, judge) {
  for (const name of ["sheet", "op", "step"]) {
    for (const key of await asked(stores[name].index("judge").getAllKeys(judge))) stores[name].delete(key);
  }
  for (const key of await asked(stores.meta.getAllKeys())) if (key.split("/")[1] === judge) stores.meta.delete(key);
}
