import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type * as FilesModule from '@kiosk/sync-agent/agent/files.ts';
import { type Mutant, weakened } from './mutants.ts';
import { TERMINAL } from './promises.ts';
import { carryOut } from './task.ts';

/** Stories short enough for a minute and long enough for every weakness we know of. */
const STORY = { rounds: 8, steps: 12, mostViolations: 1, weak: true } as const;
const RANDOMS = 4;

/** What gave a weak build away, or undefined: the laboratory did not notice. */
export async function catchMutant(mutant: Mutant, recorder: string, folder: string): Promise<string | undefined> {
  const source = weakened(mutant, join(folder, 'copy'));
  if (mutant.caughtBy !== 'power cuts') return opensThough(source, mutant.caughtBy, join(folder, 'data'));
  for (const seed of [1, 2, 3]) {
    const { violations } = await carryOut({
      ...STORY,
      subject: mutant.subject,
      only: mutant.within,
      // Where the one moment is known, the certain ways of a cut find it.
      randoms: mutant.within === undefined ? RANDOMS : 0,
      source,
      recorder,
      seed,
    });
    const [first] = violations;
    if (first) return `${first.round}, event ${first.after}, survives: ${first.survivors}: ${first.problem}`;
  }
  return undefined;
}

/** Opens a journal with the sources in `copy` as the agent does; with `altered entry` somebody changed a record before. */
async function opensThough(copy: string, check: Mutant['caughtBy'], dataDir: string): Promise<string | undefined> {
  const files = (await import(pathToFileURL(join(copy, 'agent/files.ts')).href)) as typeof FilesModule;
  mkdirSync(dataDir, { recursive: true });
  const config = { dataDir, terminal: { terminalId: TERMINAL } } as TerminalConfig;
  const centreKey = generateKeyPairSync('x25519').publicKey;
  const open = () => files.openTerminalJournal(config, centreKey, systemClock);
  const first = open();
  // The guard is expected to refuse the open itself.
  if (!first.ok) return check === 'guard' && first.error.code === 'E6105' ? 'refused to open: E6105' : undefined;
  first.value.journal.record({ type: 'session.opened', sessionId: 'session-1', mode: 'depositor' });
  first.value.journal.close();
  if (check === 'guard') return undefined;
  const db = new Database(join(dataDir, 'journal.db'));
  db.exec(`UPDATE entry_audit SET body = CAST('{}' AS BLOB)`);
  db.close();
  const again = open();
  if (!again.ok) return undefined;
  again.value.journal.close();
  return 'opened a journal with an altered entry, which the real one refuses with E6104';
}
