import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SUITES } from '@kiosk/tools/test/suites.ts';
import type { Measure } from '../harness/figure.ts';

const SUMMARY = join(import.meta.dirname, '../../test-results/summary.json');

interface Summary {
  readonly at: string;
  readonly seconds: number;
  readonly suites: readonly { readonly name: string; readonly seconds: number }[];
}

/** What the last `npm test` took. It is read, not run: a bench that runs all tests would be no bench. */
export const testSeconds: Measure = async () => {
  const text = await readFile(SUMMARY, 'utf8').catch(() => undefined);
  if (text === undefined) return { reason: 'npm test has not been run in this folder' };
  const { at, seconds, suites } = JSON.parse(text) as Summary;
  // A run of some suites leaves a summary as well; it says nothing about the whole.
  const missing = SUITES.filter((suite) => !('long' in suite) && !suites.some(({ name }) => name === suite.name));
  if (missing.length > 0) return { reason: `the last npm test was a partial one, without ${missing[0]!.name}` };
  const each = Object.fromEntries(suites.map((suite) => [`${suite.name} s`, suite.seconds]));
  return { runs: [seconds], against: { ...each, 'run at': at } };
};
