import type { PlatformConfig } from '../../config.ts';
import type { AdmissionLimits } from './admission.ts';

/**
 * A person waits ten seconds at most (the terminal's deadline of a call): what has not begun after three is not finished in time.
 * A drain comes again by itself, so it hears the sooner that there is no room.
 */
const LONGEST_WAIT_MS = {
  interactive: 3_000,
  business: 5_000,
  control: 3_000,
  audit: 2_000,
  telemetry: 1_000,
  enrolment: 1_000,
} as const;

export const admissionLimits = (limits: PlatformConfig['limits']): AdmissionLimits => ({
  perSecond: limits.totalPerSecond,
  burst: limits.totalBurst,
  atOnce: limits.atOnce,
  longestWaitMs: LONGEST_WAIT_MS,
  comeBackSeconds: limits.comeBackSeconds,
});
