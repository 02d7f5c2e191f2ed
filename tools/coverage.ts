// npm run coverage -- device-drivers: which branches and functions of the codecs and reducers no test has been through.
//
// A branch that no test can reach carries its reason in the code, on its own line or the one before: `// Unreached: …`.
// What has neither is printed, and the exit code is 1.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

interface Scope {
  /** What has to be covered. */
  readonly files: readonly string[];
  /** The tests that go through it. */
  readonly tests: readonly string[];
}

const SCOPES: Readonly<Record<string, Scope>> = {
  'device-drivers': {
    // Everything pure: bytes to meaning and back, and (state, event) to (state, commands).
    files: [
      'device-drivers/codec/**/*.ts',
      'device-drivers/drivers/**/{reducer,state,step,answers,reading,jobs,keys,speed,inputs,map,line}.ts',
      'device-drivers/drivers/line/link.ts',
      'device-drivers/plugin/frames.ts',
    ],
    // Their own tests only: seconds, so that it can be asked at every change, and nothing is covered by chance.
    tests: ['device-drivers/**/!(*.long).test.ts'],
  },
};

interface Covered {
  readonly file: string;
  /** Functions among them: one that is never called has no branches in the report. */
  readonly branches: readonly { readonly line: number; readonly taken: boolean }[];
}

const ROOT = join(import.meta.dirname, '..');
const REASON = /\/\/ Unreached: \S/;
const say = (text: string) => process.stdout.write(`${text}\n`);

process.exitCode = await main(process.argv[2] ?? '');

async function main(name: string): Promise<number> {
  const scope = SCOPES[name];
  if (!scope) {
    say(`coverage of what? One of: ${Object.keys(SCOPES).join(', ')}`);
    return 2;
  }
  const covered = await measure(scope);
  if (!covered) return 1;
  let branches = 0;
  let explained = 0;
  const open: string[] = [];
  for (const { file, branches: all } of covered) {
    branches += all.length;
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    for (const { line, taken } of all) {
      if (taken) continue;
      if ([lines[line - 1], lines[line - 2]].some((text) => REASON.test(text ?? ''))) explained++;
      else open.push(`${file}:${line}  ${lines[line - 1]?.trim() ?? ''}`);
    }
  }
  for (const line of open) say(line);
  const missed = open.length + explained;
  const percent = branches === 0 ? 100 : ((branches - missed) * 100) / branches;
  say(`${covered.length} files, ${branches} branches and functions, ${percent.toFixed(1)} % covered`);
  say(`${explained} not covered with a reason beside them, ${open.length} without`);
  return open.length === 0 ? 0 : 1;
}

/** Undefined when the tests failed: then nothing is known of the branches. */
async function measure({ files, tests }: Scope): Promise<readonly Covered[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  const report = join(folder, 'lcov.info');
  try {
    const child = spawn(
      process.execPath,
      [
        '--test',
        '--experimental-test-coverage',
        ...files.map((glob) => `--test-coverage-include=${glob}`),
        '--test-coverage-exclude=**/*.{test,long.test,fuzz}.ts',
        '--test-reporter=dot',
        '--test-reporter-destination=stderr',
        '--test-reporter=lcov',
        `--test-reporter-destination=${report}`,
        ...tests,
      ],
      { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) {
      say(`the tests ended with ${code}: mend them first`);
      return undefined;
    }
    return readReport(readFileSync(report, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** LCOV: SF names a file, BRDA:line,block,branch,count a branch of it, FN:line,name and FNDA:count,name a function. */
function readReport(text: string): readonly Covered[] {
  return text
    .split('end_of_record')
    .flatMap((record) => {
      const file = /^SF:(.+)$/m.exec(record)?.[1];
      if (file === undefined) return [];
      const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\d+|-)$/gm)].map(([, line, count]) => ({
        line: Number(line),
        taken: Number(count) > 0,
      }));
      // In the same order in both lists; names alone may stand for several.
      const calls = [...record.matchAll(/^FNDA:(\d+),/gm)].map(([, count]) => Number(count));
      const functions = [...record.matchAll(/^FN:(\d+),/gm)].map(([, line], at) => ({
        line: Number(line),
        taken: (calls[at] ?? 0) > 0,
      }));
      return [{ file: relative(ROOT, join(ROOT, file)), branches: [...branches, ...functions] }];
    })
    .toSorted((a, b) => a.file.localeCompare(b.file));
}
