import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Effect, Store } from '../store/store.ts';
import { engines } from '../testing/engines.ts';
import { complaint, TestJournal } from '../testing/terminal.ts';
import { createVault } from '../vault.ts';
import { createIntake } from './intake.ts';
import { createProjection } from './projection.ts';

const TERMINAL = '300120';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const numberOf = (counter: number) => makeRequestNumber({ terminal: TERMINAL, counter });

/** Acknowledged and not projected: `count` requests, the last of them under the number of the first. */
async function received(store: Store, count: number): Promise<void> {
  await store.terminals.register(TERMINAL, pem, 0);
  const journal = new TestJournal({ terminalId: TERMINAL, signingKey: privateKey }, 'business');
  for (let counter = 1; counter < count; counter++) journal.write(complaint(numberOf(counter), `op-${counter}`).data);
  journal.write(complaint(numberOf(1), 'another operation').data);
  const intake = createIntake(store, new ManualClock(), () => {});
  const answer = await intake.receive((await store.terminals.get(TERMINAL))!, journal.batch());
  assert.ok(answer.ok, JSON.stringify(answer));
}

function projectionOn(store: Store, arrived: (effects: readonly Effect[]) => Promise<void>) {
  return createProjection({
    ...{ store, clock: new ManualClock(), vault: createVault('a secret of a test that is long enough'), log: () => {} },
    unwrapper: { unwrap: async (wrapped) => wrapped.map(() => null), close: async () => {} },
    arrived,
  });
}
const requestsOf = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'request' ? [effect.request.requestNumber] : []));

for (const { name, skip, openStore: open } of engines) {
  test(
    `whoever hears of requests finds them in the register, and hears again what was cut short (${name})`,
    { skip },
    async (t) => {
      const store = await open(t);
      // More than one transaction takes.
      const count = 40;
      await received(store, count);
      const heard: string[] = [];
      const cut = projectionOn(store, async (effects) => {
        const kept = new Set((await store.business.requests()).map(({ requestNumber }) => requestNumber));
        for (const number of requestsOf(effects)) assert.ok(kept.has(number), `${number} was told before it was kept`);
        heard.push(...requestsOf(effects));
        throw new Error('the power went here');
      });
      await cut.idle();
      await cut.close();
      assert.equal((await store.business.requests()).length, count - 1, 'a hook that fails holds nothing up');
      assert.deepEqual(await store.journal.waiting(), [TERMINAL]);
      assert.equal(heard[0], numberOf(1));
      heard.length = 0;

      const next = projectionOn(store, async (effects) => void heard.push(...requestsOf(effects)));
      await next.idle();
      assert.deepEqual(
        heard,
        Array.from({ length: count - 1 }, (_, i) => numberOf(i + 1)),
        'each, in order, and not what was put aside',
      );
      assert.deepEqual(await store.journal.waiting(), []);
      await next.idle();
      assert.equal(heard.length, count - 1, 'and not again');
    },
  );
}

test('a process killed between the register and its hook: the next one tells', async (t) => {
  const place = await engines[0]!.place(t);
  assert.ok('file' in place);
  const store = await opened(place.file);
  await received(store, 4);
  await store.close();
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./testing/killed-projection.ts')), place.file],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'it was to die in its hook');

  const again = await opened(place.file);
  t.after(() => again.close());
  assert.equal((await again.business.requests()).length, 3, 'what it applied is on the disk');
  const heard: string[] = [];
  const projection = projectionOn(again, async (effects) => void heard.push(...requestsOf(effects)));
  await projection.idle();
  assert.deepEqual(heard, [1, 2, 3].map(numberOf));
});

async function opened(file: string): Promise<Store> {
  const store = await openSqliteStore(file);
  assert.ok(store.ok, JSON.stringify(store));
  return store.value;
}
