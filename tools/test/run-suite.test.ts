import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { conclude } from './conclusion.ts';
import type { Report } from './reporter.ts';
import { mergeRuntimes } from './results.ts';
import { nodeTestReports, runSuite, summarise, type SuiteResult } from './run-suite.ts';

const MIXED = `
import assert from 'node:assert/strict';
import { before, describe, it, test } from 'node:test';
test('plain', () => {});
test('no reader here', { skip: 'no card reader' }, () => {});
describe('group', () => {
  it('good', () => {});
  it('bad', () => { console.log('what the file printed'); assert.equal(1, 2); });
});
test('parent', async (t) => { await t.test('child', () => { throw new Error('child broke'); }); });
describe('broken hook', () => { before(() => { throw new Error('hook broke'); }); it('never ran', () => {}); });
`;

describe('counting what node:test tells', () => {
  let folder = '';
  const run = async (name: string, code: string): Promise<ReturnType<typeof summarise>> => {
    const file = path.join(folder, `${name}.test.mjs`);
    await writeFile(file, code);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { reports, complaint } = await nodeTestReports([file], 1, { env, signal: AbortSignal.timeout(60_000) });
    return summarise(name, reports, complaint);
  };
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'runner-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('a parent that failed through its child counts once, a broken hook is no silent loss', async () => {
    const { passed, failures, notRun } = await run('mixed', MIXED);
    assert.equal(passed, 2);
    assert.deepEqual(
      failures.map((failure) => failure.test),
      ['group › bad', 'parent › child', 'broken hook › never ran', 'broken hook'],
    );
    assert.match(failures[0]?.detail ?? '', /what the file printed/);
    assert.deepEqual(notRun, [{ what: 'mixed: no reader here', reason: 'no card reader' }]);
  });

  it('a file without a test, and one that ends before its tests, are failures', async () => {
    assert.equal((await run('empty', '')).failures.length, 1);
    assert.equal((await run('crash', 'process.exit(3);')).failures.length, 1);
  });

  it('a run that tells nothing at all is a failure', () => {
    const { failures } = summarise('silent', [], 'node: bad option');
    assert.match(failures[0]?.detail ?? '', /no test ran\nnode: bad option/);
  });

  it('what a file printed is shown once, with its first failure', () => {
    const failed = (name: string): Report => ({ kind: 'failed', file: 'a.test.ts', name, error: 'broke' });
    const output: Report = { kind: 'output', file: 'a.test.ts', text: 'printed\n' };
    const { failures } = summarise('s', [output, failed('one'), failed('two')], '');
    assert.deepEqual(
      failures.map((failure) => failure.detail.includes('printed')),
      [true, false],
    );
  });
});

describe('a suite that cannot run', () => {
  const suite = { name: 'lost', globs: ['no-such-folder/**/*.test.ts'], needs: [], concurrency: 1 } as const;

  it('has no files: a failure, never an empty success', async () => {
    const options = { env: process.env, signal: AbortSignal.timeout(10_000), needsAreDue: false };
    const { failures } = await runSuite(suite, options);
    assert.match(failures[0]?.detail ?? '', /no test file matches/);
  });

  it('misses a tool: told with its reason, and a failure where the bootstrap should have installed it', async () => {
    const needy = { ...suite, needs: ['chromium'] } as const;
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      const options = { env: process.env, signal: AbortSignal.timeout(10_000) };
      const told = await runSuite(needy, { ...options, needsAreDue: false });
      assert.deepEqual(told.notRun, [{ what: 'suite lost', reason: 'chromium is not installed' }]);
      assert.equal(told.failures.length, 0);
      const due = await runSuite(needy, { ...options, needsAreDue: true });
      assert.equal(due.failures[0]?.detail, 'chromium is not installed');
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe('a suite with a need that not every machine can meet', () => {
  it('is told and never held against the machine, unless something else is missing too', async () => {
    const suite = { name: 'lost', globs: ['no-such-folder/**/*.test.ts'], needs: ['lab'], concurrency: 1 } as const;
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      const options = { env: process.env, signal: AbortSignal.timeout(10_000), needsAreDue: true };
      const told = await runSuite(suite, options);
      assert.deepEqual([told.failures.length, told.notRun[0]?.what], [0, 'suite lost']);
      assert.match(told.notRun[0]?.reason ?? '', /qemu-system-x86_64.* not installed|the laboratory needs/);
      const due = await runSuite({ ...suite, needs: ['lab', 'chromium'] }, options);
      assert.equal(due.failures.length, 1);
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe('the end of a run', () => {
  const result = (part: Partial<SuiteResult>): SuiteResult => ({
    ...{ name: 'domain', passed: 0, failures: [], notRun: [], seconds: 1 },
    ...part,
  });
  const failure = { test: 'rounding', file: 'a.test.ts', detail: 'off by one fen' };

  it('closes with one line of counts', () => {
    const { lines, exitCode } = conclude([result({ passed: 40 }), result({ passed: 2, failures: [failure] })]);
    assert.equal(lines.at(-1), '42 passed, 1 failed');
    assert.equal(exitCode, 1);
    assert.equal(conclude([result({ passed: 42 })]).exitCode, 0);
  });

  it('nothing ran: not a success', () => {
    assert.equal(conclude([]).exitCode, 1);
  });

  it('the runtimes of all tests are merged, one entry for each kind', () => {
    const seen = { runtime: 'electron', version: '25.1.1', chromium: '114', testOnly: true, sandbox: false } as const;
    const merged = mergeRuntimes([
      { ...seen, test: 'b' },
      { ...seen, test: 'a' },
      { ...seen, sandbox: true, test: 'c' },
    ]);
    assert.deepEqual(merged, [
      { ...seen, tests: ['a', 'b'] },
      { ...seen, sandbox: true, tests: ['c'] },
    ]);
  });
});
