// The digest of marks that a judge signs: SHA-256 of the same canonical JSON as core/canonical.py makes. Written out,
// because over plain http the browser has none; tests/browser/test_signing.py compares the two.
import { cut } from "./outbox.js";

const word = (value) => value >>> 0;
const turned = (value, count) => (value >>> count) | (value << (32 - count));

// The first 32 bits of the fractional parts of roots of the first primes, as the standard defines its constants.
function roots(count, power) {
  const primes = [];
  for (let number = 2; primes.length < count; number += 1) if (primes.every((prime) => number % prime)) primes.push(number);
  return primes.map((prime) => word((prime ** power % 1) * 2 ** 32));
}

const START = roots(8, 1 / 2);
const STEPS = roots(64, 1 / 3);

export function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  let state = START;
  for (let offset = 0; offset < padded.length; offset += 64) state = mixed(state, view, offset);
  return state.map((value) => value.toString(16).padStart(8, "0")).join("");
}

function mixed(state, view, offset) {
  const words = Array.from({ length: 16 }, (_, index) => view.getUint32(offset + index * 4));
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [words[index - 15], words[index - 2]];
    const low = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const high = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words.push(word(words[index - 16] + low + words[index - 7] + high));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index += 1) {
    const first = word(h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + STEPS[index] + words[index]);
    const second = word((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c)));
    [h, g, f, e, d, c, b, a] = [g, f, e, word(d + first), c, b, a, word(first + second)];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => word(value + state[index]));
}

// Marks by place, as the store has them, to what the server signs: [aspect, attempt, value], sorted.
export function marksHash(marks) {
  const rows = [...marks].map(([place, value]) => [...cut(place), value]);
  rows.sort((one, other) => (one[0] === other[0] ? one[1] - other[1] : one[0] < other[0] ? -1 : 1));
  return sha256(JSON.stringify(rows));
}

export function shownHash(digest) {
  return `${digest.slice(0, 4)} ${digest.slice(4, 8)}`;
}
