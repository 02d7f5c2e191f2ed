// The end of a test run: what could not run, what failed, and one closing line that a machine can read.

import type { SuiteResult } from './run-suite.ts';

/** The closing lines, the last of them exactly `N passed, N failed`, and the exit code that belongs to them. */
export function conclude(results: readonly SuiteResult[]): { lines: string[]; exitCode: 0 | 1 } {
  const lines: string[] = [];
  const notRun = results.flatMap((result) => result.notRun);
  if (notRun.length > 0) lines.push('', 'could not run:');
  for (const { what, reason } of notRun) lines.push(`  ${what}: ${reason}`);

  const failures = results.flatMap((result) => result.failures.map((failure) => ({ suite: result.name, ...failure })));
  if (failures.length > 0) lines.push('', 'failed:');
  for (const { suite, test } of failures) lines.push(`  ${suite}: ${test}`);

  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  lines.push('', `${seconds.toFixed(1)} s in all; details in test-results/`);
  lines.push(`${passed} passed, ${failures.length} failed`);
  // Nothing passed means nothing was tested.
  return { lines, exitCode: failures.length > 0 || passed === 0 ? 1 : 0 };
}
