// localStorage that never throws: where it is switched off or full, things are remembered until the page closes.

const PREFIX = "mianzheng.";
const inMemory = new Map();

/** The value kept under `key`, or null. */
export function recall(key) {
  try {
    return window.localStorage.getItem(PREFIX + key) ?? inMemory.get(key) ?? null;
  } catch {
    return inMemory.get(key) ?? null;
  }
}

/** Keeps `value` under `key`; null forgets it. */
export function remember(key, value) {
  if (value === null) inMemory.delete(key);
  else inMemory.set(key, value);
  try {
    if (value === null) window.localStorage.removeItem(PREFIX + key);
    else window.localStorage.setItem(PREFIX + key, value);
  } catch {
    // Kept in memory above; a private window simply forgets on closing.
  }
}
