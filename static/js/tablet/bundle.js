// The judge's own sheets, asked for once in a while, and how they come into the store without undoing anything.
import { asked, run } from "./database.js";
import { newId } from "./seal.js";

const PATIENCE = 8000;

export const patience = (time = PATIENCE) => AbortSignal.timeout(time);

// Returns {status, token, time, bundle}; throws where there is no network. The status is 200, 304, or a refusal;
// `wait` is for how many seconds a server that has others at work asks to be left alone.
export async function ask(mark) {
  const headers = { Accept: "application/json", ...(mark ? { "If-None-Match": mark } : {}) };
  const answer = await fetch("/marking/bundle", { headers, cache: "no-store", signal: patience() });
  const read = (name) => answer.headers.get(name);
  const bundle = answer.status === 200 ? await answer.json() : null;
  const wait = Number(read("Retry-After"));
  return { status: answer.status, wait, token: read("X-CSRF-Token"), time: read("X-Server-Time"), mark: read("ETag"), bundle };
}

// Takes a bundle over. A sheet that has anything unsent, or that is newer here, stays as it is: the bundle may
// have been on its way while an answer came.
export function take(store, bundle, mark) {
  return store.serial(async () => {
    await store.load();
    const { sheets, ...rest } = bundle;
    const news = await Promise.all(sheets.filter((sheet) => differs(store, sheet)).map((sheet) => sealed(store, sheet)));
    const head = { rev: newId(), data: null };
    const kept = new Set(sheets.map(({ ref }) => ref));
    const closed = (whole) => store.seal.close({ ...rest, mark: whole ? mark : null, at: new Date().toISOString() });
    const [whole, part] = await Promise.all([closed(true), closed(false)]);
    await run(["sheet", "op", "step", "meta"], "readwrite", async (stores) => {
      const waiting = await asked(stores.op.index("judge").getAll(store.judge));
      const busy = new Set(waiting.filter(({ refused }) => !refused).map(({ sheet }) => sheet));
      const there = await asked(stores.sheet.index("judge").getAll(store.judge));
      const now = new Map(there.map((row) => [row.ref, row]));
      let left = 0;
      for (const row of news) {
        const here = now.get(row.ref);
        const older = here && (row.version < here.version || here.rev !== store.records.get(row.ref)?.rev);
        if (older || busy.has(row.ref)) left += 1;
        else stores.sheet.put(row);
      }
      const holding = new Set(waiting.map(({ sheet }) => sheet));
      for (const row of there) if (!kept.has(row.ref) && !holding.has(row.ref)) stores.sheet.delete(row.key);
      stores.meta.put({ ...head, data: left ? part : whole }, `bundle/${store.judge}`);
      stores.meta.put([...new Set(bundle.events.map(({ judge }) => judge))].join(" "), `label/${store.judge}`);
    });
    await store.load();
    store.changed();
  });
}

function differs(store, sheet) {
  const here = store.records.get(sheet.ref);
  if (!here || sheet.version > here.version) return true;
  if (sheet.version < here.version) return false;
  const { content } = here;
  return ["state", "competing", "code", "station", "aspects", "asked"].some((name) => String(content[name]) !== String(sheet[name]));
}

async function sealed(store, { ref, version, ...content }) {
  const data = await store.seal.close(content);
  return { key: `${store.judge}/${ref}`, judge: store.judge, ref, version, rev: newId(), data };
}
