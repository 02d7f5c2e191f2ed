import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalConfig, type TerminalConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { journalFile } from '../agent/files.ts';
import { inTurns } from '../agent/in-turns.ts';
import { makeBackup } from '../journal/life/backup.ts';
import { entryWriter } from '../journal/chain/entries.ts';
import { openStore } from '../journal/file/open.ts';
import { restoreJournal } from '../journal/life/restore.ts';
import type { Store } from '../journal/file/store.ts';
import { verifyAll } from '../journal/chain/verify.ts';
import { readTechnicians } from '../policy/technician-file.ts';
import { technicians } from '../policy/technicians.ts';
import type { Credentials } from './credentials.ts';
import { type JournalAccess, straight } from './journal-access.ts';
import type { JournalInput } from './journal-commands.ts';

export type OfflineParts = Pick<JournalInput, 'access' | 'backUp' | 'restore'>;

/**
 * The journal without its agent: the same technician signs in, the file is opened with the lock the agent would hold, and
 * what is done is journaled in it where it can be. `use` gets an access that opens the file when it is first asked for
 * something, because a restore must find it closed. Errors: E7101; E8101.
 */
export async function withoutAgent<T>(
  config: TerminalConfig,
  { name, secret }: Credentials,
  clock: Clock,
  use: (parts: OfflineParts) => Promise<Result<T>>,
): Promise<Result<T>> {
  const listed = readTechnicians(config.techniciansFile);
  if (!listed.ok) return listed;
  const signedIn = await technicians(listed.value, clock).signIn(name, secret);
  if (!signedIn.ok) return signedIn;
  const { terminalId } = config.terminal;
  const file = journalFile(config);
  let store: Store | undefined;

  function opened(): Result<Store> {
    if (store) return ok(store);
    const found = openStore({ file, terminalId, now: clock.now() });
    if (!found.ok) return found;
    store = found.value;
    // Whoever opens it is in it, as with the agent; a chain that is broken gets nothing behind the break.
    const whole = verifyAll(store, terminalId).every(({ brokenAt }) => brokenAt === null);
    const writer = entryWriter(store, terminalId, clock);
    const told = whole
      ? store.write(() => void writer.append({ type: 'technician.signedIn', technician: name, by: 'cli' }))
      : ok();
    return told.ok ? found : told;
  }
  const signingKey = () => {
    try {
      return ok(createPrivateKey(readFileSync(config.signingKeyFile)));
    } catch (error) {
      return fail('E8101', error instanceof Error ? error.message : 'the signing key cannot be read');
    }
  };

  try {
    return await use({
      access: lazily(() => {
        const found = opened();
        if (!found.ok) return found;
        const writer = entryWriter(found.value, terminalId, clock);
        return ok(
          straight({
            store: found.value,
            terminalId,
            technician: name,
            now: () => clock.now(),
            signingKey,
            record: (data) => found.value.write(() => writer.append(data)),
          }),
        );
      }),
      async backUp() {
        const found = opened();
        if (!found.ok) return found;
        const { backup } = config.journal ?? JournalConfig.parse({});
        const place = {
          terminalId,
          folder: backup.folder ?? join(config.dataDir, 'backup'),
          make: backup.folder === undefined,
          keep: backup.keep,
        };
        const made = await inTurns(makeBackup(found.value, place, () => clock.now()));
        return made.ok ? made.value : made;
      },
      async restore(source) {
        const key = signingKey();
        if (!key.ok) return key;
        return restoreJournal({ source, file, terminalId, signingKey: key.value, now: clock.now() });
      },
    });
  } finally {
    store?.close();
  }
}

/** A journal whose chain is broken is shown and verified, but not exported: a seal would vouch for it. */
function lazily(make: () => Result<JournalAccess>): JournalAccess {
  const through = async <T>(act: (access: JournalAccess) => Promise<Result<T>>): Promise<Result<T>> => {
    const access = make();
    return access.ok ? act(access.value) : access;
  };
  return {
    verify: () => through((access) => access.verify()),
    list: (...input) => through((access) => access.list(...input)),
    plan: (waitingOnly) =>
      through(async (access) => {
        const verdicts = await access.verify();
        if (!verdicts.ok) return verdicts;
        const broken = verdicts.value.find(({ brokenAt }) => brokenAt !== null);
        return broken ? fail('E6104', `${broken.stream} from sequence ${broken.brokenAt}`) : access.plan(waitingOnly);
      }),
    block: (...input) => through((access) => access.block(...input)),
    seal: (...input) => through((access) => access.seal(...input)),
  };
}
