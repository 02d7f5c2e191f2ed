// Runs one suite and counts what happened.

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../bootstrap.mjs';
import { runCheck } from '../check.ts';
import { OPTIONAL, whyUnmet } from './needs.ts';
import type { Report } from './reporter.ts';
import type { Suite } from './suites.ts';

export interface Failure {
  readonly test: string;
  readonly file: string;
  /** The error in full, with what the file printed. */
  readonly detail: string;
}

export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Tests, or the whole suite, that could not run, each with its reason. */
  readonly notRun: readonly { readonly what: string; readonly reason: string }[];
  readonly seconds: number;
  /** The test files that took longest, longest first. */
  readonly slowest?: readonly { readonly file: string; readonly seconds: number }[];
}

/** A test that hangs is ended after this time, so that a run always comes to its closing line. */
const TEST_TIMEOUT_MS = 600_000;
const SLOWEST = 8;

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** True where the bootstrap could have installed everything: then a need that is not met is a failure. */
  readonly needsAreDue: boolean;
}

export async function runSuite(suite: Suite, options: RunOptions): Promise<SuiteResult> {
  const startedAt = performance.now();
  const outcome = 'check' in suite ? await check(suite, options) : await nodeTests(suite, options);
  return { name: suite.name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

type Outcome = Omit<SuiteResult, 'name' | 'seconds'>;

async function check(suite: Extract<Suite, { check: unknown }>, { signal }: RunOptions): Promise<Outcome> {
  const { passed, output } = await runCheck(suite.check, signal);
  if (passed) return { passed: 1, failures: [], notRun: [] };
  return { passed: 0, failures: [{ test: suite.name, file: '', detail: output }], notRun: [] };
}

type TestSuite = Exclude<Suite, { check: unknown }>;

/** The test files of a suite, relative to the repository. */
export function filesOf(suite: TestSuite): string[] {
  return globSync(suite.globs, { cwd: ROOT, exclude: ['**/node_modules/**'] })
    .filter((file) => file.endsWith('.long.test.ts') === (suite.long ?? false))
    .sort();
}

async function nodeTests(suite: TestSuite, options: RunOptions): Promise<Outcome> {
  const reasons = await Promise.all(suite.needs.map(async (need) => ({ need, reason: await whyUnmet(need) })));
  const unmet = reasons.filter(({ reason }) => reason !== undefined);
  if (unmet.length > 0) {
    const reason = unmet.map((each) => each.reason).join('; ');
    const due = options.needsAreDue && unmet.some(({ need }) => !OPTIONAL.has(need));
    if (!due) return { passed: 0, failures: [], notRun: [{ what: `suite ${suite.name}`, reason }] };
    return { passed: 0, failures: [{ test: `suite ${suite.name}`, file: '', detail: reason }], notRun: [] };
  }
  const files = filesOf(suite);
  if (files.length === 0) {
    const detail = `no test file matches ${suite.globs.join(', ')}`;
    return { passed: 0, failures: [{ test: `suite ${suite.name}`, file: '', detail }], notRun: [] };
  }
  const { reports, complaint } = await nodeTestReports(files, suite.concurrency, {
    ...options,
    env: { ...options.env, ...suite.env },
  });
  return summarise(suite.name, reports, complaint);
}

/** Counts the reports of one run; a run that tells nothing is a failure, never an empty success. */
export function summarise(name: string, reports: readonly Report[], complaint: string): Outcome {
  const printed = (file: string): string =>
    reports
      .filter((entry) => entry.kind === 'output' && path.resolve(ROOT, entry.file) === path.resolve(ROOT, file))
      .map((entry) => (entry.kind === 'output' ? entry.text : ''))
      .join('');
  const shown = new Set<string>();
  const failures: Failure[] = [];
  for (const entry of reports) {
    if (entry.kind !== 'failed') continue;
    // What a file printed belongs to all its failures; showing it with the first is enough.
    const output = shown.has(entry.file) ? '' : printed(entry.file);
    shown.add(entry.file);
    const detail = output === '' ? entry.error : `${entry.error}\n--- printed by the file:\n${output.trimEnd()}`;
    failures.push({ test: entry.name, file: path.relative(ROOT, path.resolve(ROOT, entry.file)), detail });
  }
  const passed = reports.filter((entry) => entry.kind === 'passed').length;
  const notRun = reports
    .filter((entry) => entry.kind === 'skipped')
    .map((entry) => ({ what: `${name}: ${entry.name}`, reason: entry.reason }));
  if (passed + failures.length + notRun.length === 0) {
    failures.push({ test: `suite ${name}`, file: '', detail: `no test ran\n${complaint}` });
  }
  return { passed, failures, notRun, slowest: slowestFiles(reports) };
}

/** Where to look first when a suite has become long. */
function slowestFiles(reports: readonly Report[]): { file: string; seconds: number }[] {
  const spent = new Map<string, number>();
  for (const entry of reports) {
    if (entry.kind === 'took') spent.set(entry.file, (spent.get(entry.file) ?? 0) + entry.ms / 1000);
  }
  return [...spent]
    .map(([file, seconds]) => ({ file: path.relative(ROOT, path.resolve(ROOT, file)), seconds: Math.round(seconds) }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
}

/** Runs test files in processes of their own and returns what the reporter told about them. */
export async function nodeTestReports(
  files: readonly string[],
  concurrency: number,
  { env, signal }: Pick<RunOptions, 'env' | 'signal'>,
): Promise<{ reports: Report[]; complaint: string }> {
  const reporter = path.join(ROOT, 'tools', 'test', 'reporter.ts');
  const child = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      `--test-reporter=${reporter}`,
      ...files,
    ],
    { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGTERM' },
  );
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  const reports: Report[] = [];
  const read = async (): Promise<void> => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) reports.push(JSON.parse(line) as Report);
      else complaint += `${line}\n`;
    }
  };
  // Together: a run that is stopped rejects `ended` while lines are still being read.
  await Promise.all([ended, read()]);
  return { reports, complaint };
}
