import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';

/** Takes long work step by step, so that records and queries get their turn between two of them. E9001, E9002: aborted. */
export async function inTurns<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<Result<T>> {
  for (;;) {
    const step = steps.next();
    if (step.done) return ok(step.value);
    if (signal?.aborted) {
      // So that what the steps have open is closed.
      steps.return(undefined as never);
      return fail(signal.reason === 'E9002' ? 'E9002' : 'E9001');
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
