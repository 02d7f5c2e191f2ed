import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { createIntake } from '../../ingest/intake.ts';
import { engines } from '../../testing/engines.ts';
import { complaint, TestJournal } from '../../testing/terminal.ts';
import type { Store } from '../store.ts';
import { createRetention } from './retention.ts';

const TERMINAL = '300120';
const DAY_MS = 86_400_000;
const RULE = { businessMonths: 13, auditMonths: 13, telemetryDays: 30, securityEventMonths: 13, identityDays: 30 };
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** A terminal whose journals grow at the clock's time. */
async function terminalOf(store: Store, clock: ManualClock) {
  await store.terminals.register(TERMINAL, publicKey.export({ type: 'spki', format: 'pem' }).toString(), clock.now());
  const terminal = (await store.terminals.get(TERMINAL))!;
  const intake = createIntake(store, clock, () => {});
  const journals = new Map<StreamName, TestJournal>();
  return {
    async deliver(stream: StreamName, write: (journal: TestJournal) => void) {
      const journal = journals.get(stream) ?? new TestJournal({ terminalId: TERMINAL, signingKey: privateKey }, stream);
      journals.set(stream, journal);
      const from = journal.length + 1;
      write(journal);
      const answer = await intake.receive(terminal, journal.batch(from));
      assert.ok(answer.ok, 'the terminal could not deliver');
    },
    async bodies(stream: StreamName) {
      const found: number[] = [];
      for (let after = 0; after < journals.get(stream)!.length; after++) {
        const [entry] = await store.journal.exact(TERMINAL, stream, after, 1);
        if (entry) found.push(entry.seq);
      }
      return found;
    },
    keys: async (stream: StreamName) => (await store.journal.keys(TERMINAL, stream, 1, 100)).map(({ seq }) => seq),
    repeat: (stream: StreamName) => intake.receive(terminal, journals.get(stream)!.batch()),
  };
}

const telemetry = (journal: TestJournal) => journal.write({ type: 'device.changed', deviceId: 'd', state: 'online' });
const request = (journal: TestJournal) => {
  const counter = journal.length + 1;
  journal.write(complaint(makeRequestNumber({ terminal: TERMINAL, counter }), `op-${counter}`).data);
};

for (const { name, skip, openStore } of engines) {
  test(
    `a year and a half go by: old bodies go, keys stay, and what waits for somebody stays (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      const clock = new ManualClock(Date.UTC(2026, 0, 15, 2));
      const terminal = await terminalOf(store, clock);
      const logged: string[] = [];
      const log = ({ event }: { readonly event: string }) => void logged.push(event);
      const retention = createRetention({ store: store.upkeep, clock, rule: RULE, log });

      await terminal.deliver('telemetry', telemetry);
      await terminal.deliver('business', request);
      await terminal.deliver('business', (journal) => journal.writeRaw(Buffer.from('nobody understands this')));
      clock.advance(40 * DAY_MS);
      await terminal.deliver('telemetry', telemetry);
      await retention.run();
      assert.deepEqual(await terminal.bodies('telemetry'), [2], 'telemetry of 40 days ago is to be gone');
      assert.deepEqual(await terminal.bodies('business'), [1, 2]);

      clock.advance(400 * DAY_MS);
      await terminal.deliver('business', request);
      await retention.run();
      assert.ok((await terminal.bodies('business')).includes(1), 'nobody has projected the request yet');

      // As the projection does.
      const { after, entries } = await store.journal.unprojected(TERMINAL, 10);
      const none = { kind: 'none' } as const;
      await store.business.apply(
        { terminalId: TERMINAL, after },
        entries.map((entry) => ({ entry, effect: none })),
        clock.now(),
      );
      await retention.run();
      assert.ok((await terminal.bodies('business')).includes(1), 'nobody has heard of them yet');
      await store.journal.told(TERMINAL, after, entries.at(-1)!.seq);
      await retention.run();
      const kept = await terminal.bodies('business');
      assert.ok(!kept.includes(1) && kept.includes(3), `business bodies left: ${kept.join()}`);
      assert.ok(
        await store.journal.quarantinedBody(TERMINAL, 'business', 2),
        'what was set aside is for a person to decide about',
      );
      assert.deepEqual(
        [await terminal.keys('business'), await terminal.keys('telemetry')],
        [
          [1, 2, 3],
          [1, 2],
        ],
      );
      const again = await terminal.repeat('business');
      assert.ok(again.ok && again.value.durableUpTo === 3, 'a repeat of what is gone is still known as one');
      assert.ok(logged.includes('retention'));
      assert.ok((await store.upkeep.retentionRuns()).some(({ what }) => what === 'bodies of business'));
    },
  );

  test(`an entry arrives in a month for which nobody made room (${name})`, { skip }, async (t) => {
    const store = await openStore(t);
    const clock = new ManualClock(Date.UTC(2031, 5, 30, 15, 59));
    const terminal = await terminalOf(store, clock);
    await terminal.deliver('audit', (journal) =>
      journal.write({ type: 'session.opened', sessionId: 's', mode: 'depositor' }),
    );
    // China time: the next month has begun.
    clock.advance(60_000);
    await terminal.deliver('audit', (journal) =>
      journal.write({ type: 'session.opened', sessionId: 's2', mode: 'depositor' }),
    );
    assert.deepEqual(await terminal.bodies('audit'), [1, 2]);
  });
}
