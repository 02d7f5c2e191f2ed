import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';

export interface RuntimeFacts {
  /** The runtime is for development and tests only. */
  readonly testOnly: boolean;
  /** Started with --no-sandbox, as tests are that run as root. */
  readonly sandboxOff: boolean;
}

/**
 * What may serve whom. E8102: a runtime for tests serves tests only, so its platform is on this machine. E8103: a
 * production terminal never runs without Chromium's sandbox.
 */
export function admit(
  { platform, mode }: Pick<TerminalConfig, 'platform' | 'mode'>,
  { testOnly, sandboxOff }: RuntimeFacts,
): Result<void> {
  const { hostname } = new URL(platform.url);
  if (testOnly && !isLoopback(hostname)) return fail('E8102', `platform ${hostname} is not on loopback`);
  if (mode === 'production' && sandboxOff) return fail('E8103', '--no-sandbox in a production configuration');
  return ok();
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
