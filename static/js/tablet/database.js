// The device's own database. A handle that the browser has killed (WebKit does) is dropped and opened anew, once;
// what then still fails is told to whoever asked: nothing is ever taken for saved that is not.
const NAME = "marking";
const VERSION = 1;
const PAUSES = [0, 150, 450]; // milliseconds before another try
let opening = null;
let watcher = null;

// `mend` gets each connection that is opened anew before anybody else does; `fail` is told why there is none.
export function whenReopened(mend, fail) {
  watcher = { mend, fail };
}

function open() {
  opening ??= connect().then(async (handle) => {
    await watcher?.mend((names, mode, body) => within(handle, names, mode, body));
    return handle;
  });
  return opening;
}

function connect() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => make(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
    request.onsuccess = () => {
      request.result.onclose = reopen;
      request.result.onversionchange = () => {
        request.result.close();
        reopen();
      };
      resolve(request.result);
    };
  });
}

// Each database has a mark of its own, and numbers that none before it had: a page tells it from one that was lost.
function make(database) {
  const begun = Date.now();
  database.createObjectStore("sheet", { keyPath: "key" }).createIndex("judge", "judge");
  for (const name of ["op", "step"]) {
    const store = database.createObjectStore(name, { keyPath: "seq", autoIncrement: true });
    store.createIndex("judge", "judge");
    store.add({ seq: begun });
    store.delete(begun);
  }
  database.createObjectStore("meta").put(`${begun}-${Math.random()}`, "born");
}

// The connection has gone unasked, and what lay there may have gone with it: it is looked at at once.
function reopen() {
  opening = null;
  if (watcher) run(["meta"], "readonly", ({ meta }) => asked(meta.count())).catch(watcher.fail);
}

// One transaction: `body` gets the stores by name and may ask them; it resolves when everything is on the disk.
async function within(handle, names, mode, body) {
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

// A browser that is just taking a database away refuses to open it for a moment.
export async function run(names, mode, body) {
  for (const pause of PAUSES) {
    try {
      return await tried(names, mode, body);
    } catch (fault) {
      if (fault instanceof Stale) throw fault;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }
  return tried(names, mode, body);
}

async function tried(names, mode, body) {
  const mine = open();
  try {
    return await within(await mine, names, mode, body);
  } catch (fault) {
    if (opening === mine && !(fault instanceof Stale)) {
      mine.then((handle) => handle.close(), () => {});
      opening = null;
    }
    throw fault;
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
