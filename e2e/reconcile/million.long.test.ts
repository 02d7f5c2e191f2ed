import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openSqliteStore } from '@kiosk/central-platform/store/sqlite/sqlite-store.ts';
import { ownBreak } from '@kiosk/central-platform/reconciliation/own-chain.ts';
import { TERMINALS, startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { GENESIS, nextLink } from '@kiosk/contract/journal/chain.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { firstDifference } from '@kiosk/sync-agent/reconcile/first-difference.ts';
import { must } from './pair.ts';

const ENTRIES = 1_000_000;
const TERMINAL = TERMINALS[0];

const digestOf = (seq: number): string => seq.toString(16).padStart(64, '0');

/** The keys of a business stream of the whole length, as a platform keeps them; from `forkedAt` on another history. */
function fill(file: string, forkedAt: number): Buffer {
  const own = Buffer.alloc((ENTRIES + 1) * 32);
  const db = new Database(file);
  const add = db.prepare(`INSERT INTO entry_key VALUES (?, 'business', ?, ?, ?, 0)`);
  let [link, kept] = [GENESIS, GENESIS];
  Buffer.from(link, 'hex').copy(own);
  db.transaction(() => {
    for (let seq = 1; seq <= ENTRIES; seq++) {
      link = nextLink(intl, link, TERMINAL, 'business', seq, digestOf(seq));
      const digest = seq === forkedAt ? digestOf(0) : digestOf(seq);
      kept = seq < forkedAt ? link : nextLink(intl, kept, TERMINAL, 'business', seq, digest);
      add.run(TERMINAL, seq, digest, kept);
      Buffer.from(link, 'hex').copy(own, seq * 32);
    }
    db.prepare(`INSERT INTO stream_head VALUES (?, 'business', ?, ?, x'00', 0)`).run(TERMINAL, ENTRIES, kept);
  })();
  db.close();
  return own;
}

test('the first bad record of a million, asked over HTTPS; and a lone altered row, by walking all of them', async (t) => {
  const platform = await startTestPlatform({ parts: { clock: systemClock } });
  t.after(() => platform.end());
  const file = join(platform.installation.dir, 'data', 'platform.db');
  const forkedAt = randomInt(1, ENTRIES + 1);
  const own = fill(file, forkedAt);
  const terminal = await platform.terminal();
  await terminal.ask('linkAt', { stream: 'business', seq: 1 });

  const began = performance.now();
  const found = must(
    await firstDifference(0, ENTRIES, async (seq) => {
      const { link } = await terminal.ask('linkAt', { stream: 'business', seq });
      return ok(link === own.toString('hex', seq * 32, (seq + 1) * 32));
    }),
  );
  t.diagnostic(
    `entry ${forkedAt} of ${ENTRIES}: ${found.probes} questions, ${Math.round(performance.now() - began)} ms`,
  );
  assert.equal(found.firstSeq, forkedAt);
  assert.ok(found.probes <= 20, `${found.probes}`);

  const altered = randomInt(1, ENTRIES + 1);
  const db = new Database(file);
  db.prepare(`UPDATE entry_key SET link = ? WHERE terminal_id = ? AND seq = ?`).run('ab'.repeat(32), TERMINAL, altered);
  db.close();
  const store = must(await openSqliteStore(file));
  const walkBegan = performance.now();
  assert.equal(await ownBreak(store.journal, TERMINAL, 'business', 1, ENTRIES), altered);
  t.diagnostic(`row ${altered} altered alone: found by walking in ${Math.round(performance.now() - walkBegan)} ms`);
  await store.close();
});
