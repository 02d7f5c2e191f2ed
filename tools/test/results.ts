// What a test run leaves behind for people and machines, in test-results/.

import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import type { SuiteResult } from './run-suite.ts';

export const RESULTS = path.join(ROOT, 'test-results');
const SEEN = path.join(RESULTS, 'runtime');

/** The browser engine under one end-to-end test, as that test found it. */
export interface SeenRuntime {
  readonly runtime: 'electron' | 'chromium';
  /** Version of Electron, or of the browser. */
  readonly version: string;
  readonly chromium: string;
  /** A runtime that must not reach depositors, see tools/electron-runtime.mjs. */
  readonly testOnly: boolean;
  /** Whether the renderer ran inside Chromium's sandbox. Root cannot use it. */
  readonly sandbox: boolean;
  /** Name of the test. */
  readonly test: string;
}

/** Called by end-to-end tests; the runner merges what they saw into test-results/runtime.json. */
export function recordRuntime(seen: SeenRuntime): void {
  mkdirSync(SEEN, { recursive: true });
  writeFileSync(path.join(SEEN, `${randomUUID()}.json`), JSON.stringify(seen));
}

export async function clearResults(): Promise<void> {
  await rm(SEEN, { recursive: true, force: true });
  await Promise.all(['summary.json', 'runtime.json'].map((name) => rm(path.join(RESULTS, name), { force: true })));
}

export async function writeResults(results: readonly SuiteResult[]): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const suites = results.map(({ name, passed, failures, notRun, seconds, slowest }) => ({
    name,
    passed,
    failed: failures.length,
    notRun,
    seconds: Number(seconds.toFixed(1)),
    slowest,
  }));
  const seconds = Number(results.reduce((sum, result) => sum + result.seconds, 0).toFixed(1));
  await writeJson('summary.json', { at: new Date().toISOString(), node: process.version, seconds, suites });
  await writeJson('runtime.json', mergeRuntimes(await readSeen()));
}

async function readSeen(): Promise<SeenRuntime[]> {
  const names = await readdir(SEEN).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(path.join(SEEN, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as SeenRuntime);
}

/** One entry for each runtime and sandbox setting, with the tests that ran in it. */
export function mergeRuntimes(seen: readonly SeenRuntime[]): (Omit<SeenRuntime, 'test'> & { tests: string[] })[] {
  const merged = new Map<string, Omit<SeenRuntime, 'test'> & { tests: string[] }>();
  for (const { test, ...runtime } of seen) {
    const key = JSON.stringify(Object.entries(runtime).sort());
    const entry = merged.get(key) ?? { ...runtime, tests: [] };
    if (!entry.tests.includes(test)) entry.tests.push(test);
    merged.set(key, entry);
  }
  return [...merged.values()].map((entry) => ({ ...entry, tests: entry.tests.sort() }));
}

async function writeJson(name: string, value: unknown): Promise<void> {
  await writeFile(path.join(RESULTS, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
