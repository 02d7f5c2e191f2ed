// What the bootstrap says: one line when a step begins, a sign of life while it runs, one line when it ends.

const SIGN_OF_LIFE_MS = 10_000;

/** Seconds since `startedAt` (a `performance.now()` value), for people. @param {number} startedAt */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** Beside the output, which may be on its way into a file (`npm run -s udev … > 70-kiosk.rules`). @param {string} text */
export function say(text) {
  process.stderr.write(`bootstrap: ${text}\n`);
}

/**
 * Runs one step of work, telling when it begins, that it is still alive, and how long it took.
 * @template T
 * @param {string} name
 * @param {string} why what made the step necessary
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function tellStep(name, why, work) {
  const startedAt = performance.now();
  say(`${name} ... (${why})`);
  const alive = setInterval(() => say(`${name} still working, ${secondsSince(startedAt)}`), SIGN_OF_LIFE_MS);
  try {
    const result = await work();
    say(`${name} done in ${secondsSince(startedAt)}`);
    return result;
  } finally {
    clearInterval(alive);
  }
}
