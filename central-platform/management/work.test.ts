import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { newDataKey, keyWrapper, sealJson } from '@kiosk/contract/journal/sealing.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { got, refusal, signedIn } from '../testing/console-client.ts';
import { type SeededConsole, startSeededConsole } from '../testing/console-seed.ts';
import { tablesOf, TERMINALS } from '../testing/installation.ts';
import { complaint, TestJournal } from '../testing/terminal.ts';
import type { ConsoleClient } from './contract/client.ts';

const DAY = 86_400_000;
const [terminalId] = TERMINALS;
const person = syntheticPerson('ordinary', '2026-11-21');
const requestNumber = makeRequestNumber({ terminal: terminalId, counter: 1 });
const WORDS = 'the machine kept me waiting';

let seeded: SeededConsole;
let wang: ConsoleClient;
before(async () => {
  seeded = await startSeededConsole({ staffOnly: true });
  wang = await signedIn(seeded.url, 'wang.min');
});
after(() => seeded.platform.end());

test('an empty city: every list answers, empty, and nothing is made up', async () => {
  assert.deepEqual(await got(wang.workOrders({})), { rows: [], next: null });
  assert.equal((await got(wang.analysis({ from: '2026-11-20', to: '2026-11-21' }))).empty, true);
  assert.deepEqual((await got(wang.anomalies({}))).rows, []);
  assert.deepEqual((await got(wang.documents({}))).rows, []);
  assert.deepEqual((await got(wang.backups({}))).configured, false);
  assert.ok((await got(wang.fleet({}))).terminals.every(({ health }) => health === 'never'));
  for (const list of ['workOrders', 'cases', 'documents'] as const) {
    assert.equal((await wang.exportList({ list, format: 'csv' })).ok, true);
  }
});

test('what a terminal brings becomes a work order, a figure, and a follow-up of a bad review', async () => {
  const terminal = await seeded.platform.terminal();
  const dataKey = newDataKey(intl);
  const inSession = { sessionId: 's1' };
  const sealed = sealJson(intl, dataKey, { name: person.name, idNumber: person.idNumber, phone: person.phone });
  const form = { item: 'S01', topicId: 'machine', text: WORDS } as const;
  const submitted = { requestNumber, operationId: 'o1', level: 'L1', offline: false, form } as const;
  const business = new TestJournal(terminal, 'business');
  const wrapped = keyWrapper(intl, seeded.platform.installation.centreKey).wrap(dataKey);
  business.write({ type: 'request.submitted', ...inSession, ...submitted, person: sealed }, wrapped);
  business.write({ type: 'service.rated', ...inSession, score: 'dissatisfied', reason: 'device' });
  business.write({ type: 'operation.intended', ...inSession, operationId: 'p1', kind: 'printDocument' });
  business.write({ type: 'operation.settled', ...inSession, operationId: 'p1', outcome: 'done' });
  const audit = new TestJournal(terminal, 'audit');
  const told: EntryData[] = [
    { type: 'session.opened', ...inSession, mode: 'depositor' },
    { type: 'query.answered', ...inSession, item: 'Q01' },
    { type: 'session.failure', ...inSession, code: 'E4102', step: 'print' },
    { type: 'session.closed', ...inSession, reason: 'idle' },
    { type: 'clock.stepped', byMs: -600_000 },
  ];
  for (const data of told) audit.write(data);
  const telemetry = new TestJournal(terminal, 'telemetry');
  for (const milliseconds of [90, 100, 110])
    telemetry.write({ type: 'step.timed', ...inSession, step: 'account', milliseconds });
  for (const journal of [business, audit, telemetry])
    assert.equal((await terminal.deliver(journal.batch())).status, 200);
  await seeded.platform.running.projected();

  const { rows } = await got(wang.workOrders({}));
  assert.deepEqual(
    rows.map(({ number, kind }) => [number, kind]).sort(),
    [
      [`R-${terminalId}-2`, 'followUp'],
      [requestNumber, 'consult'],
    ].sort(),
  );
  const twice = await Promise.all([1, 2].map(() => wang.analysis({ from: '2026-11-21', to: '2026-11-21' })));
  for (const answer of twice) {
    const figures = answer.ok ? answer.value : undefined;
    assert.deepEqual(figures?.days[0], {
      ...{ date: '2026-11-21', sessions: 1, finished: 0, abandoned: 1, requests: 1, prints: 1, printsFailed: 0 },
      ...{ ratings: 1, satisfied: 0 },
    });
    assert.deepEqual(
      figures.abandoned.map(({ why, count }) => [why, count]),
      [['idle', 1]],
    );
    assert.deepEqual(
      figures.failures.map(({ code, step }) => [code, step]),
      [['E4102', 'print']],
    );
    const [step] = figures.responses;
    assert.ok(step!.count === 3 && step!.p50 >= 100 && step!.p50 <= 142, JSON.stringify(step));
  }
  const found = (await got(wang.anomalies({}))).rows.map(({ rule, subject }) => [rule, subject]);
  assert.deepEqual(found, [['clockJump', terminalId]]);
});

test('found by an ID number that stands nowhere: masked, and each field shown once for a reason that is logged', async () => {
  const { rows } = await got(wang.search({ by: 'idNumber', value: person.idNumber }));
  const [hit] = rows;
  assert.equal(hit?.id, requestNumber);
  assert.deepEqual(hit.fields, ['name', 'idNumber', 'phone', 'text']);
  assert.ok(
    !JSON.stringify(rows).includes(person.idNumber.slice(3, 15)) && !JSON.stringify(rows).includes(person.name),
  );
  assert.equal((await got(wang.search({ by: 'phone', value: person.phone }))).rows.length, 1);
  assert.equal((await got(wang.search({ by: 'number', value: requestNumber.toLowerCase() }))).rows.length, 1);
  const reason = `calls back about ${person.idNumber}`;
  const shown = await got(wang.reveal({ kind: 'request', id: requestNumber, field: 'idNumber', reason }));
  assert.deepEqual(shown, { value: person.idNumber, seconds: 15 });
  const text = await got(wang.reveal({ kind: 'workOrder', id: requestNumber, field: 'text', reason }));
  assert.equal(text.value, WORDS);
  const auditor = await signedIn(seeded.url, 'zhao.jie');
  const log = (await got(auditor.audit({ action: 'person.revealed' }))).rows;
  assert.deepEqual(
    log.map(({ actor, subject, detail }) => [actor, subject, detail['field']]),
    [
      ['wang.min', requestNumber, 'text'],
      ['wang.min', requestNumber, 'idNumber'],
    ],
  );
  const everything = JSON.stringify((await got(auditor.audit({}))).rows) + seeded.platform.logLines.join('');
  for (const value of [person.idNumber, person.phone, person.name, WORDS]) assert.ok(!everything.includes(value));
  assert.equal(await refusal(auditor.reveal({ kind: 'request', id: requestNumber, field: 'name', reason })), 'E2504');
});

test('a colleague who opens field after field is stopped, and shows among the anomalies', async () => {
  const ask = () => wang.reveal({ kind: 'request', id: requestNumber, field: 'name', reason: 'again and again' });
  const codes = [];
  for (let n = 0; n < 60; n++) codes.push(await refusal(ask()));
  assert.equal(codes.at(-1), 'E2515');
  const found = (await got(wang.anomalies({}))).rows.find(({ rule }) => rule === 'manyReveals');
  assert.equal(found?.subject, 'wang.min');
  assert.equal(
    await refusal(wang.settleAnomaly({ anomalyId: found.anomalyId, state: 'harmless', comment: 'mine' })),
    'E2504',
  );
  const auditor = await signedIn(seeded.url, 'zhao.jie');
  const settled = await got(
    auditor.settleAnomaly({ anomalyId: found.anomalyId, state: 'acted', comment: 'spoken with' }),
  );
  assert.equal(settled.state, 'acted');
});

test('a complaint is read, given to somebody, falls due, is answered late and closed', async () => {
  const number = requestNumber;
  const classified = await got(wang.classifyWorkOrder({ number, kind: 'complain' }));
  assert.equal(classified.deadline.dueAt - classified.receivedAt, 5 * DAY);
  await got(wang.assignWorkOrder({ number, assignee: 'wang.min' }));
  assert.equal(await refusal(wang.assignWorkOrder({ number, assignee: 'nobody' })), 'E2508');
  seeded.platform.clock.advance(6 * DAY);
  wang = await signedIn(seeded.url, 'wang.min');
  assert.ok((await got(wang.workOrders({ overdue: 'yes' }))).rows.some((row) => row.number === number));
  assert.ok((await got(wang.deadlines({ state: 'overdue' }))).rows.some(({ id }) => id === number));
  const answered = await got(wang.answerWorkOrder({ number, text: 'We have added a printer.' }));
  assert.deepEqual(
    [answered.state, answered.deadline.state, answered.answer],
    ['answered', 'doneLate', 'We have added a printer.'],
  );
  assert.equal(await refusal(wang.answerWorkOrder({ number, text: 'Once more.' })), 'E2507');
  const closed = await got(wang.closeWorkOrder({ number, outcome: 'solved', text: 'thanked us' }));
  assert.deepEqual(
    closed.steps.map(({ act }) => act),
    ['classified', 'assigned', 'answered', 'closed'],
  );
  const report = await got(wang.usageReport({ month: '2026-11' }));
  assert.deepEqual([report.complaints, report.complaintsInTime], [1, 0]);
});

test('an entry nobody understands is looked at for a reason and kept for good', async () => {
  const terminal = await seeded.platform.terminal(TERMINALS[1]);
  const journal = new TestJournal(terminal, 'audit');
  journal.writeRaw(Buffer.from('{"v":1,"at":1,"data":{"type":"weather.observed"}}'));
  await terminal.deliver(journal.batch());
  const [line] = (await got(wang.quarantine({}))).rows;
  const place = { terminalId: line!.terminalId, stream: line!.stream, seq: line!.seq };
  assert.match((await got(wang.lookQuarantined({ ...place, reason: 'to decide' }))).text ?? '', /weather/);
  assert.equal(
    await refusal(wang.decideQuarantined({ ...place, decision: 'released', comment: 'try again' })),
    'E2514',
  );
  assert.equal((await got(wang.decideQuarantined({ ...place, decision: 'kept', comment: 'a trial' }))).state, 'kept');
  assert.equal(await refusal(wang.decideQuarantined({ ...place, decision: 'kept', comment: 'a trial' })), 'E2507');
});

test('an entry that an earlier release did not understand is read again, becomes its request, and is kept once', async () => {
  const [, terminalId] = TERMINALS;
  const terminal = await seeded.platform.terminal(terminalId);
  const journal = new TestJournal(terminal, 'business');
  const tables = await tablesOf(seeded.platform.installation);
  const aside = (seq: number) => ({
    ...{ terminal_id: terminalId, stream: 'business' as const, seq, code: 'E6301', reason: 'data.type invalid' },
    at: seeded.platform.clock.now(),
  });
  await tables
    .insertInto('quarantine')
    .values([aside(1), aside(2)])
    .execute();
  await tables.destroy();
  const number = makeRequestNumber({ terminal: terminalId, counter: 7 });
  const foreign = makeRequestNumber({ terminal: '300999', counter: 1 });
  journal.write(complaint(number, 'o7').data);
  journal.write(complaint(foreign, 'o8').data);
  await terminal.deliver(journal.batch());
  await seeded.platform.running.projected();
  assert.equal((await got(wang.search({ by: 'number', value: number }))).rows.length, 0);
  const place = { terminalId, stream: 'business' } as const;
  const release = (seq: number) =>
    wang.decideQuarantined({ ...place, seq, decision: 'released', comment: 'new release' });
  const released = await got(release(1));
  assert.deepEqual(
    released.steps.map(({ by, act, text }) => [by, act, text]),
    [
      ['wang.min', 'released', 'new release'],
      ['system', 'projected', `request ${number}`],
    ],
  );
  assert.equal((await got(wang.search({ by: 'number', value: number }))).rows.length, 1);
  assert.ok((await got(wang.workOrders({}))).rows.some((order) => order.number === number));
  assert.equal(await refusal(release(1)), 'E2507');
  assert.equal(await refusal(release(2)), 'E2514');
  const { state, steps } = await got(wang.quarantined({ ...place, seq: 2 }));
  assert.equal(state, 'waiting');
  assert.deepEqual(
    steps.map(({ act, text }) => [act, text]),
    [['notUnderstood', 'request number was made for another terminal']],
  );
});
