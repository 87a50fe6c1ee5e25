// The device's own database. A handle that the browser has killed (WebKit does) is dropped and opened anew, once;
// what then still fails is told to whoever asked: nothing is ever taken for saved that is not.
const NAME = "marking";
const VERSION = 1;
let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const made = request.result;
      made.createObjectStore("sheet", { keyPath: "key" }).createIndex("judge", "judge");
      made.createObjectStore("op", { keyPath: "seq", autoIncrement: true }).createIndex("judge", "judge");
      made.createObjectStore("step", { keyPath: "seq", autoIncrement: true }).createIndex("judge", "judge");
      made.createObjectStore("meta");
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
    request.onsuccess = () => {
      request.result.onclose = forget;
      request.result.onversionchange = () => {
        request.result.close();
        forget();
      };
      resolve(request.result);
    };
  });
  return opening;
}

function forget() {
  opening = null;
}

// One transaction: `body` gets the stores by name and may ask them; it resolves when everything is on the disk.
async function once(names, mode, body) {
  const handle = await open();
  const transaction = handle.transaction(names, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
  done.catch(() => {});
  const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
  let result;
  try {
    result = await body(stores);
  } catch (fault) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw fault;
  }
  await done;
  return result;
}

export async function run(names, mode, body) {
  try {
    return await once(names, mode, body);
  } catch (fault) {
    if (fault instanceof Stale) throw fault;
    opening?.then((handle) => handle.close(), () => {});
    forget();
    return once(names, mode, body);
  }
}

// Thrown inside of a transaction by whoever finds that its ground has changed; nothing of it is kept.
export class Stale extends Error {}

export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
