// All that lies in the device's database, as it was last read. Where the browser takes the database away (its data are
// cleared, another page deletes it), what this page knows is written again before anything else is done there.
import { asked } from "./database.js";

export const ALL = ["sheet", "op", "step", "meta"];

// Returns by store what lies there, by its key.
export async function picture(stores) {
  const rows = ALL.map(async (name) => {
    const [keys, values] = await Promise.all([asked(stores[name].getAllKeys()), asked(stores[name].getAll())]);
    return [name, new Map(keys.map((key, index) => [key, values[index]]))];
  });
  return Object.fromEntries(await Promise.all(rows));
}

// Returns whether this is another database than the one that is known. What is there already stays: another page has
// begun anew, with a key of its own, and then the known one lies beside it (seal.js).
export function restore(within, known, judge) {
  return within(ALL, "readwrite", async (stores) => {
    const born = known.meta.get("born");
    if ((await asked(stores.meta.get("born"))) === born) return false;
    for (const name of ALL) {
      const taken = new Set(await asked(stores[name].getAllKeys()));
      for (const [key, row] of known[name]) {
        if (name === "meta" && key === `key/${judge}` && taken.has(key)) stores.meta.put(row, `${key}/${born}`);
        else if (!taken.has(key)) stores[name].put(row, ...(name === "meta" ? [key] : []));
      }
    }
    return true;
  });
}
