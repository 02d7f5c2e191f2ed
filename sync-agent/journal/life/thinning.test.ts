import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { EntryBody, type EntryData } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { TERMINAL, centre, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import { openJournal } from '../journal.ts';
import { keyProvider } from '../chain/keys.ts';

const changed = (n: number): EntryData => ({ type: 'device.changed', deviceId: `d${n}`, state: 'ready' });

test('too much waits: device changes are recorded, step timings counted, nothing is left unsaid, the chain has no gap', (t) => {
  const step = fc.constantFrom('timing', 'change', 'acknowledge');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, mostTelemetry) => {
      const folder = temporaryFolder(t);
      const journal = must(
        openJournal({
          file: join(folder, 'journal.db'),
          terminalId: TERMINAL,
          clock: new ManualClock(),
          keys: keyProvider(Buffer.alloc(32, 7)),
          centreKey: centre.publicKey,
          mostTelemetry,
        }),
      );
      let [timings, changes] = [0, 0];
      const act = (what: string) => {
        if (what === 'timing') must(journal.record(sample.telemetry(++timings)));
        else if (what === 'change') must(journal.record(changed(++changes)));
        else must(journal.withOutbox((o) => o.acknowledge('telemetry', o.standing('telemetry').headSeq, [])));
      };
      steps.forEach(act);
      // The next one that is recorded tells of those before it.
      act('acknowledge');
      act('timing');
      const said = journal.store.db
        .prepare<[], Buffer>('SELECT body FROM entry_telemetry ORDER BY seq')
        .pluck()
        .all()
        .map((body) => EntryBody.parse(JSON.parse(body.toString('utf8'))).data);
      journal.close();
      must(openTestJournal(folder)).close();
      const thinned = said.reduce((sum, data) => sum + (data.type === 'telemetry.thinned' ? data.entries : 0), 0);
      assert.equal(thinned + said.filter(({ type }) => type === 'step.timed').length, timings);
      assert.equal(said.filter(({ type }) => type === 'device.changed').length, changes);
    }),
    { numRuns: 20 },
  );
});
