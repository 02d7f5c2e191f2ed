// The checks of the laboratory, inside its machine, bundled. What they find goes over the console, a marked line each.

import { existsSync } from 'node:fs';
import type { LabCheck } from '@kiosk/testbench/lab/check.ts';
import { type CheckResult, markedLine } from '@kiosk/tools/lab/lines.ts';
import { LAB_CHECKS } from './all.ts';

/** Named on the command line; none named: all. */
const only = process.argv.slice(2);
const CHECKS = LAB_CHECKS.filter(({ id }) => only.length === 0 || only.includes(id));
/** Each ends within half a minute, in emulation too. */
const LIMIT_MS = 120_000;

console.log(markedLine({ plan: CHECKS.map(({ id, title }) => ({ id, title })) }));
for (const check of CHECKS) console.log(markedLine(await result(check)));
// The devices' process may hold a file that is being read inside the kernel, which would hold up an orderly end.
process.exit(0);

async function result(check: LabCheck): Promise<CheckResult> {
  const { id, needs } = check;
  const missing = needs.find((file) => !existsSync(file));
  if (missing !== undefined) {
    const detail = `the kernel has no ${missing}: a module of tools/lab/prepare.ts was not loaded`;
    return { id, result: 'NOT RUN', detail, seconds: 0 };
  }
  const startedAt = performance.now();
  const outcome = await limited(check).then(
    (detail) => ({ result: 'PASS', detail }) as const,
    (error: unknown) => ({ result: 'FAIL', detail: words(error) }) as const,
  );
  return { id, ...outcome, seconds: (performance.now() - startedAt) / 1_000 };
}

async function limited(check: LabCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${LIMIT_MS / 1_000} s`)), LIMIT_MS);
  });
  return Promise.race([check.run(), late]).finally(() => clearTimeout(timer));
}

/** Cards of this laboratory are synthetic people's; what was expected and found may be shown. */
function words(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
