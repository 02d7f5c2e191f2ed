import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EntryBody, type EntryData } from '@kiosk/contract/journal/entry.ts';
import { TERMINAL, intended, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import { verifyAll } from './verify.ts';

const entry = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('business', 'audit', 'telemetry') },
  // Few names, so that one is intended twice and settled in the group it was intended in.
  { weight: 1, arbitrary: fc.constantFrom('intend a', 'intend b', 'settle a') },
);

function dataOf(what: string, n: number): EntryData {
  const operationId = what.slice(-1);
  if (what.startsWith('intend')) return intended(operationId);
  if (what.startsWith('settle')) return { type: 'operation.settled', sessionId: 's', operationId, outcome: 'done' };
  return sample[what as keyof typeof sample](n);
}

test('entries recorded in groups of any size stand where, and are answered as, they would be one by one', (t) => {
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 70, size: 'max' }), { maxLength: 4 }), (groups) => {
      const [together, single] = [1, 2].map(() => must(openTestJournal(temporaryFolder(t))));
      let n = 0;
      for (const group of groups) {
        const data = group.map((what) => dataOf(what, ++n));
        // Something to settle, whatever comes first.
        for (const journal of [together!, single!]) must(journal.record(intended('a')));
        const places = must(together!.recordAll(data));
        const alone = data.map((each) => must(single!.record(each)));
        assert.deepEqual(
          places.map(({ stream, seq }) => [stream, seq]),
          alone.map(({ stream, seq }) => [stream, seq]),
        );
        const links = together!.store.db
          .prepare<[], { place: string; link: Buffer }>(`SELECT stream || ' ' || seq AS place, link FROM entry`)
          .all();
        const linkAt = new Map(links.map(({ place, link }) => [place, link.toString('hex')]));
        for (const { stream, seq, head } of places) assert.equal(linkAt.get(`${stream} ${seq}`), head);
      }
      const said = [together!, single!].map(({ store }) =>
        store.db
          .prepare<[], { stream: string; seq: number; body: Buffer }>('SELECT stream, seq, body FROM entry')
          .all()
          .map(({ stream, seq, body }) => [stream, seq, EntryBody.parse(JSON.parse(body.toString('utf8'))).data]),
      );
      assert.deepEqual(said[0], said[1]);
      for (const { brokenAt } of verifyAll(together!.store, TERMINAL)) assert.equal(brokenAt, null);
      for (const journal of [together!, single!]) journal.close();
    }),
    { numRuns: 15 },
  );
});
