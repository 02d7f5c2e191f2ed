import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { engines } from '../../testing/engines.ts';
import type { JournalStore, Standing } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { journalStore } from './journal.ts';
import { terminalStore } from './terminals.ts';

const AT = Date.UTC(2026, 10, 21, 6, 0);
const STREAMS: readonly StreamName[] = ['business', 'audit', 'telemetry'];
const terminals = Array.from({ length: 40 }, (_, n) => String(310_000 + n));

const linkOf = (terminalId: string, stream: string, seq: number, who = ''): string =>
  `${terminalId} ${stream} ${seq}${who}`;

function batch(terminalId: string, stream: StreamName, expected: Standing, count: number, who = '') {
  const entries = Array.from({ length: count }, (_, i) => {
    const seq = expected.durableUpTo + 1 + i;
    const link = linkOf(terminalId, stream, seq, who);
    return {
      seq,
      digest: `d${seq}`,
      link,
      salt: Buffer.from([i]),
      body: Buffer.from(`body ${link}`),
      wrappedKey: null,
    };
  });
  return { terminalId, stream, expected, entries, signature: Buffer.from('signature'), at: AT } as Parameters<
    JournalStore['append']
  >[0];
}

async function registered(db: Db): Promise<Db> {
  for (const terminalId of terminals) await terminalStore(db).register(terminalId, 'key', AT);
  return db;
}

const start: Standing = { durableUpTo: 0, head: GENESIS };

for (const { name, skip, open } of engines) {
  test(
    `forty terminals append at the same moment: each stream has its own, in order (${name})`,
    { skip },
    async (t) => {
      const journal = journalStore(await registered(await open(t)));
      for (const from of [0, 3]) {
        const done = await Promise.all(
          terminals.flatMap((terminalId) =>
            STREAMS.map((stream) => {
              const expected = from === 0 ? start : { durableUpTo: from, head: linkOf(terminalId, stream, from) };
              return journal.append(batch(terminalId, stream, expected, 3));
            }),
          ),
        );
        assert.ok(done.every(Boolean), 'an append that nobody stood in the way of was refused');
      }
      for (const terminalId of terminals) {
        for (const stream of STREAMS) {
          const { standing, keys } = await journal.place(terminalId, stream, 0, 9);
          assert.deepEqual(standing, { durableUpTo: 6, head: linkOf(terminalId, stream, 6) });
          assert.deepEqual(
            keys.map(({ seq, link }) => [seq, link]),
            [1, 2, 3, 4, 5, 6].map((seq) => [seq, linkOf(terminalId, stream, seq)]),
          );
          const bodies = await journal.exact(terminalId, stream, 0, 9);
          assert.equal(Buffer.from(bodies[5]!.body).toString(), `body ${linkOf(terminalId, stream, 6)}`);
        }
      }
    },
  );

  test(
    `two processes take in the same streams at the same moment: one of them each, never both (${name})`,
    { skip },
    async (t) => {
      const db = await registered(await open(t));
      const [one, other] = [journalStore(db), journalStore(db)];
      await Promise.all(terminals.map((terminalId) => one.append(batch(terminalId, 'audit', start, 1))));
      const expected = (terminalId: string) => ({ durableUpTo: 1, head: linkOf(terminalId, 'audit', 1) });
      // Turned round, so that they meet in the middle.
      const [mine, theirs] = await Promise.all([
        Promise.all(terminals.map((id) => one.append(batch(id, 'audit', expected(id), 2, ' one')))),
        Promise.all(terminals.toReversed().map((id) => other.append(batch(id, 'audit', expected(id), 2, ' other')))),
      ]);
      for (const [n, terminalId] of terminals.entries()) {
        const won = [mine[n], theirs[terminals.length - 1 - n]];
        assert.equal(won.filter(Boolean).length, 1, `${terminalId}: ${String(won)}`);
        const { standing, keys } = await one.place(terminalId, 'audit', 1, 9);
        assert.deepEqual(standing, {
          durableUpTo: 3,
          head: linkOf(terminalId, 'audit', 3, won[0] ? ' one' : ' other'),
        });
        assert.equal(keys.length, 3);
      }
    },
  );

  test(`a batch for a place that has moved is not written, and its neighbours are (${name})`, { skip }, async (t) => {
    const journal = journalStore(await registered(await open(t)));
    assert.deepEqual(
      await Promise.all(terminals.slice(0, 3).map((id) => journal.append(batch(id, 'audit', start, 1)))),
      [true, true, true],
    );
    const late = { durableUpTo: 1, head: 'somebody else’s' };
    const done = await Promise.all([
      journal.append(batch(terminals[0]!, 'audit', late, 1)),
      journal.append(batch(terminals[1]!, 'audit', { durableUpTo: 1, head: linkOf(terminals[1]!, 'audit', 1) }, 1)),
      journal.append(batch(terminals[3]!, 'audit', start, 1)),
    ]);
    assert.deepEqual(done, [false, true, true]);
    assert.equal((await journal.standing(terminals[0]!, 'audit')).durableUpTo, 1);
  });
}
