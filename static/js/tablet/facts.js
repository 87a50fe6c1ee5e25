// What this browser tells of the device; null where it does not.
const page = document.getElementById("app");
const MEGABYTE = 2 ** 20;

const quiet = async (asked) => {
  try {
    return (await asked?.()) ?? null;
  } catch {
    return null;
  }
};

export const persisted = () => quiet(() => navigator.storage?.persisted?.());

export async function free() {
  const found = await quiet(() => navigator.storage?.estimate?.());
  return found?.quota ? Math.min(Math.floor((found.quota - (found.usage ?? 0)) / MEGABYTE), 2 ** 31 - 1) : null;
}

export function installed() {
  return navigator.standalone === true || ["standalone", "fullscreen"].some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
}

// Offline ready: a worker answers for this page, and the shell of the tasks is kept.
export async function kept() {
  if (!navigator.serviceWorker?.controller && !(await quiet(() => navigator.serviceWorker?.getRegistration()))?.active) return false;
  return Boolean(await quiet(() => caches.match("/marking/", { ignoreVary: true })));
}

export async function facts(store, skew) {
  const battery = await quiet(() => navigator.getBattery?.());
  return {
    version: page.dataset.version,
    secure: globalThis.isSecureContext,
    worker: await kept(),
    persisted: await persisted(),
    installed: installed(),
    free: await free(),
    battery: battery ? Math.round(battery.level * 100) : null,
    charging: battery ? battery.charging : null,
    skew: skew === null ? null : Math.round(skew / 1000),
    tasks: store.records.size,
  };
}
