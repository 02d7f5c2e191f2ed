import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { StreamName, type EntryData } from '@kiosk/contract/journal/entry.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { type Line, dayTotals, lineOf } from '@kiosk/contract/platform/day-totals.ts';
import {
  type Comparison,
  type DayClose,
  type Window,
  closeText,
  headsText,
} from '@kiosk/contract/platform/reconciliation.ts';
import { type TestPlatform, startTestPlatform, tablesOf } from '../testing/installation.ts';
import { TestJournal, type TestTerminal, complaint } from '../testing/terminal.ts';

/** A terminal that closes its days from what it has written. */
class Closing {
  readonly terminal: TestTerminal;
  readonly journals: Record<StreamName, TestJournal>;
  readonly #data: Record<StreamName, EntryData[]> = { business: [], audit: [], telemetry: [] };
  #last: DayClose | undefined;

  constructor(terminal: TestTerminal) {
    this.terminal = terminal;
    const journal = (stream: StreamName) => new TestJournal(terminal, stream);
    this.journals = { business: journal('business'), audit: journal('audit'), telemetry: journal('telemetry') };
  }

  async write(stream: StreamName, ...entries: EntryData[]): Promise<void> {
    const from = this.journals[stream].length + 1;
    for (const data of entries) this.journals[stream].write(data);
    this.#data[stream].push(...entries);
    const { status } = await this.terminal.deliver(this.journals[stream].batch(from));
    assert.equal(status, 200);
  }

  make(change: Partial<DayClose> = {}): DayClose {
    const windows = StreamName.options.map((stream): Window => {
      const journal = this.journals[stream];
      const from = (this.#last?.windows.find((window) => window.stream === stream)?.to ?? 0) + 1;
      return { stream, from, to: journal.length, head: journal.linkAt(journal.length) };
    });
    const lines = windows.flatMap(({ stream, from, to }) =>
      this.#data[stream]
        .slice(from - 1, to)
        .flatMap((data): readonly Line[] => [lineOf(data)].filter((line) => line !== undefined)),
    );
    return {
      number: (this.#last?.number ?? 0) + 1,
      day: '2026-11-21',
      at: Date.UTC(2026, 10, 21, 16, 0),
      windows,
      totals: dayTotals(lines, { intended: () => undefined, captured: () => false }),
      underWay: { sheets: 0, slips: 0, cards: 0 },
      devices: null,
      moved: { sheets: { by: 0 }, slips: { by: 0 }, cards: { by: 0 } },
      ...change,
    };
  }

  send(close: DayClose, signed = closeText(this.terminal.terminalId, close)) {
    this.#last = close;
    return this.terminal.call('closeDay', { close, signatureBase64: this.sign(signed) });
  }

  async compare(close: DayClose): Promise<Comparison> {
    const { status, body } = await this.send(close);
    assert.equal(status, 200, JSON.stringify(body));
    return body as Comparison;
  }

  sign(text: string): string {
    return signStatement(this.terminal.signingKey, Buffer.from(text)).toString('base64');
  }
}

const print = (operationId: string, sheets: number): EntryData[] => [
  { type: 'operation.intended', sessionId: 's', operationId, kind: 'printDocument', pages: sheets },
  { type: 'operation.settled', sessionId: 's', operationId, outcome: 'done', printed: sheets, sheets },
];
const summary = ({ differences }: Comparison) =>
  differences.map(({ kind, subject, terminalValue, platformValue }) => [kind, subject, terminalValue, platformValue]);

let platform: TestPlatform;
let closing: Closing;
before(async () => {
  platform = await startTestPlatform({ config: { limits: { terminalBurst: 10_000 } } });
  closing = new Closing(await platform.terminal());
});
after(() => platform.end());

test('requests of the register, prints and paper of the ledger, counters: a day that is equal everywhere', async () => {
  await closing.write('business', complaint('30012000000015', 'request-0').data, ...print('print-1', 3));
  await closing.write('audit', { type: 'session.opened', sessionId: 's', mode: 'depositor' });
  const close = closing.make({ moved: { sheets: { by: 3 }, slips: { by: 0 }, cards: { by: 0 } } });
  // The number of the request does not pass its check: it was set aside, which explains it.
  assert.deepEqual(summary(await closing.compare(close)), []);
  assert.equal(((await (await platform.management('quarantine')).json()) as unknown[]).length, 1);
});

test('the same close again is answered again; another one with its number is refused and leaves a mark', async () => {
  await closing.write('business', ...print('print-2', 1));
  const close = closing.make({ moved: { sheets: { by: 2 }, slips: { by: 0 }, cards: { by: 0 } } });
  const first = await closing.compare(close);
  assert.deepEqual(summary(first), [['counters', 'sheets', '2', '1']]);
  const again = await closing.compare(close);
  assert.equal(again.differences[0]?.caseId, first.differences[0]?.caseId);
  const other = await closing.send({ ...close, moved: { ...close.moved, sheets: { by: 1 } } });
  assert.deepEqual([other.status, (other.body as { code: string }).code], [422, 'E6201']);
  const events = (await (await platform.management('events')).json()) as { code: string; detail: string }[];
  assert.ok(events.some(({ code, detail }) => code === 'E6201' && detail.includes('another close')));
  assert.equal(events.filter(({ code }) => code === 'E6501').length, 1, 'one alarm for one case');
});

test('a close or a head that another key signed is nobody’s word', async () => {
  const close = closing.make();
  const forged = await closing.send(close, 'another text');
  assert.deepEqual([forged.status, (forged.body as { code: string }).code], [422, 'E6204']);
  const heads = [{ stream: 'business' as const, seq: 1, head: closing.journals.business.linkAt(1) }];
  const report = { at: 5, heads, signatureBase64: closing.sign(headsText('300121', 5, heads)) };
  assert.equal((await closing.terminal.call('reportHeads', report)).status, 422);
});

test('sums that the ledger does not have, and a window that leaves entries out, are cases', async () => {
  const other = new Closing(await platform.terminal('300121'));
  await other.write('business', ...print('print-1', 2), ...print('print-2', 1));
  const first = other.make({ moved: { sheets: { by: 3 }, slips: { by: 0 }, cards: { by: 0 } } });
  const wrong = await other.compare({ ...first, totals: { ...first.totals, printsDone: 3 } });
  assert.deepEqual(summary(wrong), [['totals', 'printsDone', '3', '2']]);
  await other.write(
    'audit',
    ...Array.from({ length: 4 }, (): EntryData => ({ type: 'technician.signedOut', technician: 'li' })),
  );
  const second = other.make();
  const windows = second.windows.map((window) => (window.stream === 'audit' ? { ...window, from: 3 } : window));
  assert.deepEqual(summary(await other.compare({ ...second, windows })), [['totals', 'audit', '3-4', '1-4']]);
});

test('heads are compared where they stand and not with the newest; what the platform lacks differs', async () => {
  const { business } = closing.journals;
  const report = async (seq: number, head: string) => {
    const heads = [{ stream: 'business' as const, seq, head }];
    const signatureBase64 = closing.sign(headsText(closing.terminal.terminalId, 5, heads));
    return closing.terminal.ask('reportHeads', { at: 5, heads, signatureBase64 });
  };
  assert.equal((await report(2, business.linkAt(2))).equal, true);
  assert.equal((await report(0, business.linkAt(0))).equal, true);
  const lacking = await report(business.length + 5, 'ab'.repeat(32));
  assert.deepEqual(summary(lacking), [['heads', 'business', 'ab'.repeat(32), '-']]);
  const { caseId } = lacking.differences[0]!;
  const again = await report(business.length + 6, 'cd'.repeat(32));
  assert.deepEqual(
    again.differences.map((one) => one.caseId),
    [caseId],
  );
  const place = {
    stream: 'business',
    firstSeq: business.length + 1,
    own: 'ab'.repeat(32),
    platform: null,
    probes: 3,
  } as const;
  const located = await closing.terminal.ask('reportFirstDifference', place);
  assert.deepEqual(
    located.differences.map((one) => [one.caseId, one.firstSeq]),
    [[caseId, business.length + 1]],
  );
  const elsewhere = await closing.terminal.ask('reportFirstDifference', { ...place, firstSeq: business.length + 3 });
  assert.notEqual(elsewhere.differences[0]?.caseId, caseId, 'another place is another case');
  const agreed = { ...place, firstSeq: 1, own: business.linkAt(1) };
  assert.equal(
    (await closing.terminal.ask('reportFirstDifference', agreed)).equal,
    true,
    'no case of what is the same',
  );
});

test('a row altered long after its day was compared: found by walking every key; nothing behind it is vouched for', async () => {
  const { terminalId } = closing.terminal;
  const walk = async () =>
    (await platform.management(`reconciliation/walks/${terminalId}`, { method: 'POST', body: '{}' })).json();
  assert.deepEqual(await walk(), [
    { stream: 'audit', brokenAt: null },
    { stream: 'business', brokenAt: null },
  ]);
  const tables = await tablesOf(platform.installation);
  const second = { terminal_id: terminalId, stream: 'business', seq: 2 } as const;
  const put = async (digest: string) => {
    const found = await tables
      .selectFrom('entry_key')
      .select('digest')
      .where((e) => e.and(second))
      .executeTakeFirstOrThrow();
    await tables
      .updateTable('entry_key')
      .set({ digest })
      .where((e) => e.and(second))
      .execute();
    return found.digest;
  };
  const old = await put('ab'.repeat(32));
  assert.deepEqual(await walk(), [
    { stream: 'audit', brokenAt: null },
    { stream: 'business', brokenAt: 2 },
  ]);
  const link = async (seq: number) => (await closing.terminal.ask('linkAt', { stream: 'business', seq })).link;
  assert.deepEqual([await link(1), await link(2), await link(3)], [closing.journals.business.linkAt(1), null, null]);
  await put(old);
  await tables.destroy();
  assert.equal(await link(3), closing.journals.business.linkAt(3), 'put right from a backup it is believed again');
  const cases = (await (await platform.management(`reconciliation/cases?terminalId=${terminalId}`)).json()) as {
    state: string;
  }[];
  assert.ok(cases.length > 0 && cases.every(({ state }) => state === 'open'), 'no case is closed by itself');
});
