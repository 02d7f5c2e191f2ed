import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { OperationRecord, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { device } from '../testing/terminal.ts';
import { Settler } from './settler.ts';

type Devices = ServiceClient<typeof deviceHost>;
type HostSnapshot = Snapshot<typeof deviceHost>;
type Settled = Extract<EntryData, { type: 'operation.settled' }>;

/** A device-host that comes and goes, answers late, wrong or not at all, and knows what really happened. */
class FakeHost {
  readonly truth = new Map<string, OperationRecord>();
  readonly #listeners = new Set<(snapshot: HostSnapshot | undefined) => void>();
  #snapshot: HostSnapshot | undefined;
  /** What becomes of the next questions, in order; then they are answered. */
  readonly troubles: string[] = [];
  asked = 0;

  readonly client = {
    snapshot: undefined as HostSnapshot | undefined,
    onSnapshot: (listener: (snapshot: HostSnapshot | undefined) => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
    call: async (_name: string, { operationId }: { operationId: string }): Promise<Result<OperationRecord>> => {
      this.asked++;
      await Promise.resolve();
      if (!this.#snapshot) return fail('E9003');
      const trouble = this.troubles.shift();
      if (trouble !== undefined) return fail(trouble);
      return ok(this.truth.get(operationId) ?? { operationId, state: 'never' });
    },
  };

  show(states: readonly ('ready' | 'busy')[] | undefined): void {
    this.#snapshot = states && {
      version: '0',
      startedAt: 0,
      lastEvent: 0,
      devices: states.map((state) => device(state)),
    };
    this.client.snapshot = this.#snapshot;
    for (const listener of this.#listeners) listener(this.#snapshot);
  }
}

function world() {
  const clock = new ManualClock();
  const host = new FakeHost();
  const settled: Settled[] = [];
  const journal = { stopped: false };
  const settler = new Settler({
    clock,
    devices: host.client as unknown as Devices,
    record(data) {
      if (journal.stopped) return err({ code: 'E6102' });
      assert.equal(data.type, 'operation.settled');
      settled.push(data as Settled);
      return ok(undefined);
    },
    onChanged: () => {},
  });
  const settle = async () => {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  };
  return { clock, host, settled, journal, settler, settle };
}

const STATES = ['never', 'started', 'done', 'failed', 'unknown'] as const;
const OUTCOME = { never: 'failed', started: 'unknown', done: 'done', failed: 'failed', unknown: 'unknown' } as const;

test('whatever the device-host does, every open operation is settled once, as it was, and not before it was said', async () => {
  const operation = fc.constantFrom(...STATES);
  const event = fc.oneof(
    fc.record({ kind: fc.constant('goes' as const) }),
    fc.record({ kind: fc.constant('comes' as const), busy: fc.boolean() }),
    fc.record({ kind: fc.constant('trouble' as const), code: fc.constantFrom('E9002', 'E9003', 'E9006', 'E9008') }),
    fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ kind: fc.constant('elsewhere' as const), n: fc.nat(5) }),
    fc.record({ kind: fc.constant('again' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 6 }),
      fc.array(event, { maxLength: 12 }),
      async (operations, events) => {
        const { clock, host, settled, settler, settle } = world();
        const intents = operations.map((state, n) => {
          const operationId = `operation-${n}`;
          if (state !== 'never') host.truth.set(operationId, { operationId, state, printed: n });
          return { operationId, sessionId: `session-${n}` };
        });
        settler.add(intents);
        await settle();
        assert.equal(settled.length, 0, 'settled though nobody was there to ask');
        const elsewhere = new Set<string>();
        for (const happens of events) {
          if (happens.kind === 'goes') host.show(undefined);
          if (happens.kind === 'comes') host.show([happens.busy ? 'busy' : 'ready']);
          if (happens.kind === 'trouble') host.troubles.push(happens.code);
          if (happens.kind === 'time') clock.advance(happens.ms);
          if (happens.kind === 'again') settler.add(intents.filter(({ operationId }) => !done(operationId)));
          if (happens.kind === 'elsewhere') {
            const id = `operation-${happens.n}`;
            if (happens.n < intents.length && !done(id)) {
              settler.settledElsewhere(id);
              elsewhere.add(id);
            }
          }
          await settle();
        }
        // The device-host comes to stay and says nothing more of its own accord.
        host.show(['ready']);
        await settle();
        for (let i = 0; i < events.length + 2 && settler.unsettled > 0; i++) {
          clock.advance(30_000);
          await settle();
        }
        assert.equal(settler.unsettled, 0, 'an operation was never asked for again');
        const found = new Map(settled.map((entry) => [entry.operationId, entry]));
        assert.equal(found.size, settled.length, 'settled twice');
        for (const [n, state] of operations.entries()) {
          const id = `operation-${n}`;
          if (elsewhere.has(id)) assert.ok(!found.has(id), 'the session had settled it already');
          else assert.equal(found.get(id)?.outcome, OUTCOME[state], `${id} was ${state}`);
        }

        function done(id: string): boolean {
          return elsewhere.has(id) || settled.some(({ operationId }) => operationId === id);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a device-host that is there and does not answer is asked again, though it says nothing of its own accord', async () => {
  const { clock, host, settled, settler, settle } = world();
  host.show(['ready']);
  host.truth.set('print', { operationId: 'print', state: 'done' });
  host.troubles.push('E9002', 'E9002');
  settler.add([{ operationId: 'print', sessionId: 'session' }]);
  await settle();
  clock.advance(30_000);
  await settle();
  assert.equal(host.asked, 2);
  assert.equal(settler.unsettled, 1);
  clock.advance(30_000);
  await settle();
  assert.deepEqual([settled.length, settler.unsettled], [1, 0]);
});

test('a journal that has stopped takes no settlement, and the operation stays on the list', async () => {
  const { host, journal, settler, settle } = world();
  journal.stopped = true;
  host.show(['ready']);
  settler.add([{ operationId: 'print', sessionId: 'session' }]);
  await settle();
  assert.equal(settler.unsettled, 1);
});
