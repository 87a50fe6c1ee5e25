// What lies on the device is encrypted with a key that cannot leave its browser, where the connection is secure.
// Over plain http there is no such key, and the app says so.
import { asked, run } from "./database.js";

const FORM = { name: "AES-GCM", length: 256 };

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Seal {
  // The first key closes; the others are of a database that was taken away (rescue.js).
  constructor(keys) {
    this.keys = keys;
  }

  static async of(judge) {
    if (!globalThis.isSecureContext || !crypto.subtle) return new Seal([]);
    const fresh = await crypto.subtle.generateKey(FORM, false, ["encrypt", "decrypt"]);
    const name = `key/${judge}`;
    const keys = await run(["meta"], "readwrite", async ({ meta }) => {
      if (!(await asked(meta.getKey(name)))) meta.put(fresh, name);
      return asked(meta.getAll(IDBKeyRange.bound(name, `${name}/\uffff`)));
    });
    return new Seal(keys);
  }

  async close(value) {
    if (!this.keys.length) return { plain: value };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.keys[0], text) };
  }

  async open(kept) {
    if ("plain" in kept) return kept.plain;
    const tries = this.keys.map((key) => crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.bytes));
    return JSON.parse(new TextDecoder().decode(await Promise.any(tries)));
  }
}
