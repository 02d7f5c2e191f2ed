import type { TestContext } from 'node:test';

/** Far beyond what anything here takes on a machine with other work: only what will never come is given up. */
const PATIENCE_MS = 120_000;

/** The promise, or a failure that says what was waited for: a test that hangs tells nobody why. */
export function within<T>(wait: Promise<T>, describe: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`still waiting after ${PATIENCE_MS / 1_000} s: ${describe()}`)),
      PATIENCE_MS,
    );
    wait.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

type End = () => unknown;

const ends = new WeakMap<TestContext, End[]>();

/**
 * Clears away after the test, the youngest first: an agent ends before the platform it talks to, and both before the
 * folder they write in goes. Each whatever becomes of the others; node:test leaves out all that follow one that fails,
 * and an agent that nobody stops keeps the process alive for ever.
 */
export function ending(t: TestContext, end: End): void {
  const known = ends.get(t);
  if (known) {
    known.push(end);
    return;
  }
  const mine = [end];
  ends.set(t, mine);
  t.after(async () => {
    const failed: unknown[] = [];
    for (const one of mine.reverse()) {
      try {
        await within(Promise.resolve(one()), () => `the end of ${one.toString()}`);
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, 'not everything could be cleared away');
  });
}
