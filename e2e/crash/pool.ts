import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Task, TaskFindings } from './task.ts';

/** More new memory than usual: of what a check makes, nothing outlives it. */
const LIMITS = { maxYoungGenerationSizeMb: 32 };

/**
 * Carries tasks out in `threads` threads, in their order, and hands over what each found. Ends when `tasks` does and
 * all are done; a task that fails ends everything.
 */
export async function carryOutAll(
  tasks: Iterable<Task>,
  threads: number,
  onFound: (findings: TaskFindings) => void,
): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  const workers = Array.from(
    { length: threads },
    () => new Worker(join(import.meta.dirname, 'worker.ts'), { resourceLimits: LIMITS }),
  );
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = queue.next(); next.done !== true; next = queue.next()) {
          worker.postMessage(next.value);
          // A worker's uncaught error rejects this.
          const [findings] = (await once(worker, 'message')) as [TaskFindings];
          onFound(findings);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
