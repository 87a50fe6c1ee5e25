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
  constructor(key) {
    this.key = key;
  }

  static async of(judge) {
    if (!globalThis.isSecureContext || !crypto.subtle) return new Seal(null);
    const fresh = await crypto.subtle.generateKey(FORM, false, ["encrypt", "decrypt"]);
    const key = await run(["meta"], "readwrite", async ({ meta }) => {
      const kept = await asked(meta.get(`key/${judge}`));
      if (!kept) meta.put(fresh, `key/${judge}`);
      return kept ?? fresh;
    });
    return new Seal(key);
  }

  async close(value) {
    if (!this.key) return { plain: value };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, text) };
  }

  async open(kept) {
    if ("plain" in kept) return kept.plain;
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, this.key, kept.bytes);
    return JSON.parse(new TextDecoder().decode(text));
  }
}
