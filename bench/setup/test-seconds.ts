import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  // A run of one suite leaves a summary as well; it says nothing about the whole.
  if (suites.length < 2) return { reason: `the last npm test ran only ${suites.map(({ name }) => name).join(', ')}` };
  const each = Object.fromEntries(suites.map((suite) => [`${suite.name} s`, suite.seconds]));
  return { runs: [seconds], against: { ...each, 'run at': at } };
};
