// The test runner behind `npm test`:
//
//   npm test                        everything except the long suites
//   npm test -- --only e2e-electron one suite (may be given more than once)
//   npm test -- --list              the suites and their files
//   npm run test:long               the long suites only
//
// The last line is always `N passed, N failed`; the exit code is 1 when anything failed.

import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../bootstrap.mjs';
import { startPostgres, type TestPostgres } from '@kiosk/central-platform/testing/postgres.ts';
import { displayOrVirtual, type Display } from '../display.ts';
import { conclude } from './conclusion.ts';
import { whyUnmet } from './needs.ts';
import { clearResults, writeResults } from './results.ts';
import { filesOf, runSuite, type SuiteResult } from './run-suite.ts';
import { BUILD, SUITES, type Suite } from './suites.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
});

/** Suites that run on both engines of the store. */
const USE_POSTGRES: ReadonlySet<string> = new Set([
  'central-platform',
  'platform-postgres',
  'gateway-postgres',
  'fleet',
  'long',
]);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

process.exitCode = await main();

async function main(): Promise<number> {
  const suites = chosenSuites();
  if (suites === undefined) return 2;
  if (options.list) {
    for (const suite of suites) print(`${suite.name}\n${describeSuite(suite)}`);
    return 0;
  }
  await clearResults();
  const results: SuiteResult[] = [];
  const whole = options.only.length === 0 && !options.long;
  if (whole) results.push(...strayTests());
  const display = await displayFor(suites);
  const postgres = await postgresFor(suites);
  const env = {
    ...display?.env,
    ...(postgres && { KIOSK_TEST_DATABASE_URL: postgres.url('postgres') }),
  };
  try {
    print(row('suite', 'passed', 'failed', 'not run', 'seconds'));
    for (const group of sideBySide(suites)) {
      if (stop.signal.aborted) break;
      results.push(...(await Promise.all(group.map((suite) => runAndTell(suite, env)))));
    }
  } finally {
    await display?.stop();
    await postgres?.end();
  }
  await writeResults(results);
  const { lines, exitCode } = conclude(results);
  print(lines.join('\n'));
  return exitCode;
}

function chosenSuites(): readonly Suite[] | undefined {
  const wanted = SUITES.filter((suite) => ('long' in suite && suite.long === true) === options.long);
  if (options.only.length === 0) return wanted;
  const unknown = options.only.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length === 0) {
    const asked = SUITES.filter((suite) => options.only.includes(suite.name));
    const needsBuild = asked.some((suite) => 'needs' in suite && suite.needs.includes('build'));
    return needsBuild && !asked.includes(BUILD) ? [BUILD, ...asked] : asked;
  }
  print(`no suite ${unknown.join(', ')}; there are: ${SUITES.map((suite) => suite.name).join(', ')}`);
  return undefined;
}

/** Checks read the source and disturb nobody, some suites mostly wait; every other has the machine for itself. */
function sideBySide(suites: readonly Suite[]): readonly (readonly Suite[])[] {
  const checks = (suite: Suite) => 'check' in suite && suite !== BUILD;
  const waits = (suite: Suite) => 'beside' in suite && suite.beside === true;
  const alone = suites.filter((suite) => !checks(suite) && !waits(suite)).map((suite) => [suite]);
  return [suites.filter(checks), ...alone, suites.filter(waits)].filter((group) => group.length > 0);
}

function describeSuite(suite: Suite): string {
  const lines = 'check' in suite ? [`npm run ${suite.name}`] : filesOf(suite);
  return lines.map((line) => `  ${line}`).join('\n');
}

async function displayFor(suites: readonly Suite[]): Promise<Display | undefined> {
  if (!suites.some((suite) => 'needs' in suite && suite.needs.includes('display'))) return undefined;
  // Without Xvfb the suites that need a screen say so themselves.
  return await displayOrVirtual().catch(() => undefined);
}

/** One for all test files, which otherwise start one each. */
async function postgresFor(suites: readonly Suite[]): Promise<TestPostgres | undefined> {
  if (!suites.some(({ name }) => USE_POSTGRES.has(name)) || (await whyUnmet('postgres')) !== undefined)
    return undefined;
  return await startPostgres();
}

async function runAndTell(suite: Suite, env: NodeJS.ProcessEnv): Promise<SuiteResult> {
  const result = await runSuite(suite, {
    env: {
      ...process.env,
      ...env,
      // Hundreds of processes begin with the same modules: stripped and compiled once, kept by their content.
      NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules', '.cache', 'compiled'),
      PATH: [path.join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter),
    },
    signal: stop.signal,
    needsAreDue: process.env['CI'] === 'true' && process.getuid?.() === 0,
  }).catch((error: unknown) => brokenSuite(suite, error));
  print(
    row(
      result.name,
      String(result.passed),
      String(result.failures.length),
      String(result.notRun.length),
      result.seconds.toFixed(1),
    ),
  );
  for (const failure of result.failures) {
    const place = failure.file === '' ? '' : ` (${failure.file})`;
    print(`  FAILED ${failure.test}${place}\n${failure.detail.trimEnd().replaceAll(/^/gm, '    ')}`);
  }
  return result;
}

/** A suite whose process could not be run at all, or was stopped. */
function brokenSuite(suite: Suite, error: unknown): SuiteResult {
  const detail = stop.signal.aborted ? 'stopped' : String(error);
  const failures = [{ test: `suite ${suite.name}`, file: '', detail }];
  return { name: suite.name, passed: 0, failures, notRun: [], seconds: 0 };
}

/** A test file outside every suite would never run and nobody would notice. */
function strayTests(): SuiteResult[] {
  const owned = new Set(SUITES.flatMap((suite) => ('globs' in suite ? filesOf(suite) : [])));
  const all = globSync('**/*.test.{ts,js,mjs}', { cwd: ROOT, exclude: ['**/node_modules/**', 'dist/**', 'var/**'] });
  const failures = all
    .filter((file) => !owned.has(file))
    .map((file) => ({ test: 'test file in no suite', file, detail: 'add it to a suite in tools/test/suites.ts' }));
  for (const { file, detail } of failures) print(`  FAILED ${file} is in no suite: ${detail}`);
  return failures.length === 0 ? [] : [{ name: 'stray', passed: 0, failures, notRun: [], seconds: 0 }];
}

function row(name: string, ...numbers: string[]): string {
  return name.padEnd(18) + numbers.map((text) => text.padStart(9)).join('');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
