// Run with fail-calls.so: node fault-worker.ts SOURCE FOLDER SEED INJECTED. Lives again and again on a disk that fails, until so
// many faults have happened, and prints what it found as one line of JSON. Every third life is the ledger's.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { seeded } from '../crash/fates.ts';
import { smallLogs } from '../crash/small-logs.ts';
import { type Fault, failedCalls, faults, letFail, nameOf } from './faults.ts';
import { journalLife } from './journal-life.ts';
import { ledgerLife } from './ledger-life.ts';
import type { FaultFindings } from './faulty-lives.ts';

const [source = '', folder = '', seed = '1', wanted = '1'] = process.argv.slice(2);
const STEPS = 14;
smallLogs(Database);

const broken: string[] = [];
const byCall: Record<string, number> = {};
let [lives, injected, failed] = [0, 0, 0];
for (const fault of faults(Number(seed))) {
  if (injected >= Number(wanted)) break;
  lives++;
  const subject = lives % 3 === 0 ? 'ledger' : 'journal';
  const problem = await live(subject, fault);
  if (problem !== undefined) broken.push(`${subject}, seed ${seed}, life ${lives}, ${nameOf(fault)}: ${problem}`);
}
process.stdout.write(`${JSON.stringify({ lives, injected, failed, byCall, broken } satisfies FaultFindings)}\n`);

async function live(subject: 'journal' | 'ledger', fault: Fault): Promise<string | undefined> {
  const dataDir = join(folder, 'life');
  letFail(undefined);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  let counted = false;
  const clears = () => {
    if (counted) return;
    counted = true;
    const calls = failedCalls();
    failed += calls;
    if (calls > 0) {
      injected++;
      const name = `${fault.error} ${fault.call}`;
      byCall[name] = (byCall[name] ?? 0) + 1;
    }
    letFail(undefined);
  };
  const life = { source, dataDir, random: seeded(lives), steps: STEPS, clears };
  letFail(fault);
  try {
    return await (subject === 'journal' ? journalLife(life) : ledgerLife(life));
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    clears();
  }
}
