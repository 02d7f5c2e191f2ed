import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { SelfTestStep } from '@kiosk/contract/services/device-host.ts';

/**
 * Notes on each step how long it took: since the step before, or since the timer was made. `code` is what to do should
 * the step not pass, and goes only with one that did not.
 */
export function stepTimer(clock: Clock): (step: SelfTestStep) => SelfTestStep {
  let last = clock.monotonic();
  return ({ code, ...step }) => {
    const now = clock.monotonic();
    const milliseconds = Math.round(now - last);
    last = now;
    return { ...step, ...(code === undefined || step.passed ? {} : { code }), milliseconds };
  };
}
