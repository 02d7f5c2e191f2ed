import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, describe, test } from 'node:test';
import { SHORT_TIMES } from '../simulators/bank-card/bench.ts';
import { spawnSimulator } from '../simulators/process.ts';
import { DeviceHostUnderTest } from './terminal.ts';

/** How long a card stands in the gate in these tests, ms. */
const TAKE_WITHIN_MS = 300;
/** A simulated reader goes through every kind of wait with a real clock; no visit of a test lasts as long. */
const NEVER_MS = 3_600_000;

interface ReaderState {
  readonly position: string;
  readonly retained: number;
}

// Who keeps a card and for how long is one piece of code for both; each family proves that its motor does it.
for (const [model, family, driver, cases] of [
  ['CRT-571', 'bank-card-crt', 'bank-card-crt', 'all'],
  ['ICT3Q8', 'bank-card-ict', 'bank-card-ict', 'motor'],
] as const) {
  const shared = cases === 'all' ? test : () => {};
  describe(`a card that is forgotten in a ${model}, from the reader to the snapshot`, { timeout: 600_000 }, () => {
    test('given back and not taken: captured, counted, in the history, and shown until it is journaled', async (t) => {
      const { host, retained, readInside } = await machine(t, {});
      await readInside();
      const ejected = await host.client.call('ejectCard', {});
      assert.deepEqual(!ejected.ok && [ejected.error.code, ejected.error.detail], ['E1304', 'retained']);
      const shown = await host.until(({ captures }) => captures?.length === 1);
      const [capture] = shown.captures ?? [];
      assert.deepEqual([capture?.deviceId, capture?.why, capture?.outcome], ['bank-card', 'notTaken', 'done']);
      assert.equal(shown.devices[0]?.counters['cardsRetained'], 1);
      assert.equal(await retained(), 1);
      const history = await host.client.call('deviceHistory', { deviceId: 'bank-card' });
      assert.equal(history.ok && history.value.changes[0]?.code, 'E1304', 'the technician does not see it');
      const operationId = capture!.operationId;
      const found = await host.client.call('findOperation', { operationId });
      assert.deepEqual(found.ok && [found.value.state, found.value.printed], ['done', 1]);

      // Nobody journaled it yet: a host that starts again goes on showing it.
      assert.equal(await host.end(), 0);
      host.again();
      await host.until(({ captures }) => captures?.[0]?.operationId === operationId);
      assert.ok((await host.client.call('acknowledgeCapture', { operationId })).ok);
      const after = await host.until(({ captures }) => captures === undefined);
      assert.equal(after.devices[0]?.counters['cardsRetained'], 1, 'what is journaled is still counted');
    });

    void shared('the session dies while the card stands in the gate: it is captured all the same', async (t) => {
      const { host, retained, readInside, movedOut } = await machine(t, {});
      await readInside();
      const session = new AbortController();
      const ejected = host.client.call('ejectCard', {}, { signal: session.signal });
      await movedOut();
      session.abort();
      assert.equal((await ejected).ok, false);
      const { captures } = await host.until((now) => now.captures?.length === 1);
      assert.deepEqual([captures?.[0]?.why, captures?.[0]?.outcome, await retained()], ['notTaken', 'done', 1]);
    });

    void shared(
      'the session dies with the card inside: it is given back after the longest visit, and then captured',
      async (t) => {
        const { host, retained, readInside } = await machine(t, { longestVisitMs: 500 });
        await readInside();
        const { captures, devices } = await host.until((now) => now.captures?.length === 1);
        assert.deepEqual([captures?.[0]?.why, captures?.[0]?.outcome, await retained()], ['notTaken', 'done', 1]);
        assert.equal(devices[0]?.counters['cardsRetained'], 1);
      },
    );

    test('left inside at power-up: by policy into the bin, or out and then into the bin', async (t) => {
      for (const [cardLeftInside, why] of [
        ['retain', 'leftInside'],
        ['eject', 'notTaken'],
      ] as const) {
        const { host, retained, readInside } = await machine(t, { cardLeftInside });
        await readInside();
        await host.end('SIGKILL');
        host.again();
        const { captures, devices } = await host.until(
          (now) => now.captures?.length === 1 && now.devices[0]?.state === 'ready',
        );
        assert.deepEqual([captures?.[0]?.why, captures?.[0]?.outcome], [why, 'done']);
        assert.deepEqual([await retained(), devices[0]?.counters['cardsRetained']], [1, 1]);
      }
    });

    void shared(
      'a full bin: the card is not taken, the attempt is shown, and the reader says what to do',
      async (t) => {
        const { host, retained, readInside, simulator } = await machine(t, {});
        await readInside();
        await simulator.call('fillBin');
        const before = await retained();
        const ejected = await host.client.call('ejectCard', {});
        assert.equal(!ejected.ok && ejected.error.code, 'E1306', JSON.stringify(ejected));
        await host.until(({ devices }) => devices[0]?.state === 'fault' && devices[0].code === 'E1306');
        assert.equal(await retained(), before);
        const { captures, devices } = host.client.snapshot!;
        assert.ok(!captures?.some(({ outcome }) => outcome === 'done'), 'a card that is not in the bin is said to be');
        assert.equal(devices[0]?.counters['cardsRetained'], undefined);
      },
    );

    void shared('a visit as it should be captures nothing', async (t) => {
      const { host, retained, readInside, simulator, movedOut } = await machine(t, { takeWithinMs: 30_000 });
      await readInside();
      const ejected = host.client.call('ejectCard', {});
      await movedOut();
      assert.equal(await simulator.call('take'), true);
      assert.ok((await ejected).ok);
      assert.deepEqual([await retained(), host.client.snapshot?.captures], [0, undefined]);
    });
  });

  /** The device-host with one reader of this model and a card to put in. */
  async function machine(t: TestContext, policy: object) {
    const dir = mkdtempSync(join(tmpdir(), 'captures-'));
    const simulator = await spawnSimulator(new URL(`../simulators/${family}/main.ts`, import.meta.url), {
      ...{ dir, seed: 20261121, bootMs: 100 },
    });
    const host = new DeviceHostUnderTest();
    t.after(async () => {
      await host.close();
      await simulator.stop();
      rmSync(dir, { recursive: true, force: true });
    });
    const options = { ...SHORT_TIMES, takeWithinMs: TAKE_WITHIN_MS, longestVisitMs: NEVER_MS, ...policy };
    const devices = [{ id: 'bank-card', driver, port: String(simulator.ready['port']), options }];
    host.start(devices);
    await host.allReady();
    const state = async () => (await simulator.call('state')) as ReaderState;
    return {
      host: Object.assign(host, { again: () => host.start(devices) }),
      simulator,
      retained: async () => (await state()).retained,
      async readInside() {
        const reading = host.client.call('readBankCard', {});
        await simulator.call('insert', 'ordinary');
        const card = await reading;
        assert.ok(card.ok, JSON.stringify(card));
      },
      /** Resolves when the card has left the inside of the reader. */
      async movedOut() {
        while ((await state()).position === 'inside') await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }
}
