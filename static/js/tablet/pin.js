// The PIN of a judge card, checked on the device: nothing here gives it away cheaply. What is kept is one slow digest
// of it (accounts/pins.py), and how often it was entered wrong: five times, and only a new sign-in with the card
// begins anew. A try is counted before it is looked at, so that closing the page takes none back.
import { asked, run } from "./database.js";

const MOST = 5;
const text = (value) => new TextEncoder().encode(value);
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (value) => Uint8Array.from(value.match(/../g), (pair) => parseInt(pair, 16));

async function mac(key, value) {
  const made = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", made, text(value));
}

async function slow(pin, { salt, rounds }) {
  const key = await crypto.subtle.importKey("raw", text(pin), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds }, key, 256);
}

export class Pin {
  constructor(store) {
    this.store = store;
  }

  // What the last sign-in with a card has brought; nothing for whoever came with a password.
  get facts() {
    return this.store.bundle?.content.pin ?? null;
  }

  get possible() {
    return Boolean(globalThis.crypto?.subtle);
  }

  tries(change) {
    const name = `tries/${this.store.judge}`;
    const { salt } = this.facts;
    return run(["meta"], change ? "readwrite" : "readonly", async ({ meta }) => {
      const kept = await asked(meta.get(name));
      const count = kept?.salt === salt ? kept.count : 0;
      if (change) meta.put({ salt, count: change(count) }, name);
      return count;
    });
  }

  async left() {
    return MOST - (await this.tries());
  }

  // Returns how many tries are left; a right PIN also gets the proof of the message.
  async prove(pin, message) {
    const used = await this.tries((count) => Math.min(count + 1, MOST));
    if (used >= MOST) return { left: 0 };
    const digest = await slow(pin, this.facts);
    if (hex(await mac(digest, "check")) !== this.facts.check) return { left: MOST - used - 1 };
    await this.tries(() => 0);
    return { left: MOST, proof: hex(await mac(await mac(digest, "key"), message)) };
  }
}
