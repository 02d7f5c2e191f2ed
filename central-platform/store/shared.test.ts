import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { createIntake } from '../ingest/intake.ts';
import { createProjection } from '../ingest/projection.ts';
import { engines } from '../testing/engines.ts';
import { startPostgres } from '../testing/postgres.ts';
import { complaint, TestJournal } from '../testing/terminal.ts';
import { createVault } from '../vault.ts';
import { StoreUnavailable } from './engine/unavailable.ts';
import { openPostgresStore, type PostgresOptions } from './postgres-store.ts';

const postgres = engines.find(({ name }) => name === 'postgres')!;
const { skip } = postgres;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const TERMINALS = ['300120', '300121', '300122'];
const EACH = 40;

/** What a platform process is to the database: a store of its own, an intake and a projection. */
async function processOn(t: TestContext, url: string, options: PostgresOptions = {}) {
  const opened = await openPostgresStore(url, { connections: 6, ...options });
  assert.ok(opened.ok, JSON.stringify(opened));
  const store = opened.value;
  const clock = new ManualClock();
  const projection = createProjection({
    ...{ store, clock, vault: createVault('a secret of a test that is long enough'), log: () => {} },
    unwrapper: { unwrap: async (wrapped) => wrapped.map(() => null), close: async () => {} },
    arrived: async () => {},
  });
  t.after(() => store.close());
  return { store, projection, intake: createIntake(store, clock, (terminalId) => projection.wake(terminalId)) };
}

function journalOf(terminalId: string): TestJournal {
  const journal = new TestJournal({ terminalId, signingKey: privateKey }, 'business');
  for (let counter = 1; counter <= EACH; counter++) {
    journal.write(complaint(makeRequestNumber({ terminal: terminalId, counter }), `op-${counter}`).data);
  }
  return journal;
}

async function urlOf(t: TestContext): Promise<string> {
  const place = await postgres.place(t);
  assert.ok('url' in place);
  return place.url;
}

test(
  'two processes get the same batches at the same moment: stored once, in order, projected once',
  { skip },
  async (t) => {
    const url = await urlOf(t);
    const [one, two] = [await processOn(t, url), await processOn(t, url)];
    for (const terminalId of TERMINALS) await one.store.terminals.register(terminalId, pem, 0);
    await Promise.all(
      TERMINALS.map(async (terminalId) => {
        const journal = journalOf(terminalId);
        const terminal = (await one.store.terminals.get(terminalId))!;
        for (let from = 1; from <= EACH; from += 8) {
          const batch = journal.batch(from, from + 7);
          const answers = await Promise.all([one, two, one].map(({ intake }) => intake.receive(terminal, batch)));
          for (const answer of answers) assert.equal(answer.ok && answer.value.durableUpTo, from + 7);
        }
        const keys = await two.store.journal.keys(terminalId, 'business', 1, 1_000);
        assert.deepEqual(
          keys.map(({ seq, link }) => [seq, link]),
          Array.from({ length: EACH }, (_, i) => [i + 1, journal.linkAt(i + 1)]),
        );
        assert.equal((await two.store.journal.exact(terminalId, 'business', 0, 1_000)).length, EACH, 'bodies');
      }),
    );
    await Promise.all([one.projection.idle(), two.projection.idle()]);
    const requests = await one.store.business.requests();
    assert.equal(new Set(requests.map(({ requestNumber }) => requestNumber)).size, TERMINALS.length * EACH);
    assert.deepEqual(await one.store.journal.waiting(), []);
    assert.deepEqual(await one.store.journal.allQuarantined(), []);
  },
);

test('a process ends between an acknowledgement and its projection: another one projects on', { skip }, async (t) => {
  const url = await urlOf(t);
  const [one, two] = [await processOn(t, url), await processOn(t, url)];
  const [terminalId] = TERMINALS as [string];
  await one.store.terminals.register(terminalId, pem, 0);
  const terminal = (await one.store.terminals.get(terminalId))!;
  const deaf = createIntake(one.store, new ManualClock(), () => {});
  assert.ok((await deaf.receive(terminal, journalOf(terminalId).batch())).ok);
  await two.projection.idle();
  assert.equal((await two.store.business.requests()).length, EACH);
});

test('processes give away versions, document numbers and tries at the same moment: each once', { skip }, async (t) => {
  const url = await urlOf(t);
  const stores = [(await processOn(t, url)).store, (await processOn(t, url)).store];
  const both = <T>(work: (store: (typeof stores)[number], n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 12 }, (_, n) => work(stores[n % 2]!, n)));
  const released = await both((store) =>
    store.configuration.addRelease({
      ...{ kind: 'catalogue', version: 7, scope: '', changeId: null, statement: Buffer.from('{}'), keyId: 'k' },
      ...{ signature: Buffer.from('s'), issuedAt: 1, expires: 2 },
    }),
  );
  assert.equal(released.filter((taken) => taken).length, 1, 'a version was given away twice, or not at all');
  const order = (operationId: string) => ({
    ...{ terminalId: '300120', operationId, kind: 'depositStatement' as const, depositorId: 'd', fingerprint: 'f' },
    ...{ centreId: '38010000', date: '2026-11-21', at: 1 },
  });
  const number = (sequence: number) => `N${sequence}`;
  const same = await both((store) => store.documents.reserve(order('op-1'), number));
  assert.deepEqual([...new Set(same.map(({ documentNumber }) => documentNumber))], ['N1']);
  const others = await both((store, n) => store.documents.reserve(order(`op-${n + 2}`), number));
  assert.deepEqual(
    others.map(({ documentNumber }) => Number(documentNumber.slice(1))).sort((a, b) => a - b),
    Array.from({ length: 12 }, (_, n) => n + 2),
    'numbers of a day have no gap and no double',
  );
  const rule = { at: 1, tries: 100, lockMs: 1 };
  const tries = await both((store) => store.identity.countTry('somebody', rule));
  assert.equal(new Set(tries).size, 12, 'two tries at the same moment shared one');
});

test(
  'the database stands still, then its machine dies and comes back: callers are told, and it goes on by itself',
  { skip },
  async (t) => {
    const server = await startPostgres();
    t.after(() => server.end());
    const { store } = await processOn(t, server.url('postgres'), { patience: { connect: 500, query: 500 } });
    await store.terminals.register('300120', pem, 0);
    const away = (error: unknown) => error instanceof StoreUnavailable;

    await server.stall();
    await Promise.all([
      assert.rejects(store.terminals.get('300120'), away),
      assert.rejects(store.journal.standing('300120', 'business'), away),
      assert.rejects(store.documents.list(), away),
    ]);
    await server.release();
    assert.equal((await untilAnswered(() => store.terminals.get('300120')))?.terminalId, '300120');

    await server.kill();
    await assert.rejects(store.terminals.get('300120'), away);
    await server.restart();
    assert.equal((await untilAnswered(() => store.terminals.get('300120')))?.terminalId, '300120');
  },
);

test('a server that does not wait for its disk is refused', { skip }, async (t) => {
  const server = await startPostgres({ fsync: 'off' });
  t.after(() => server.end());
  const opened = await openPostgresStore(server.url('postgres'));
  assert.ok(!opened.ok);
  assert.equal(opened.error.code, 'E6105');
});

/** As a terminal does that was told when to come back. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
