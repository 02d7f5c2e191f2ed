import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { ordinary, start, TODAY } from './testing/city.ts';

test('accepted with a gap: what is missing is named, comes at a terminal, and the case goes on', async (t) => {
  const { depositor, platform, bindCard } = await start(t);
  await bindCard();
  const gap = { item: 'B03', payTo: 'onRecord', gaps: [{ material: 'retirement', as: 'later' }] } as const;
  const { number, told } = await depositor.request({ ...gap, gaps: [...gap.gaps] });
  assert.ok(told.state === 'needs' && told.missing[0]?.material === 'retirement', JSON.stringify(told));
  assert.deepEqual([(await depositor.line(number))?.state, told.dueOn], ['needs', '2026-11-26']);
  // 受理回执: what was taken, what is missing, and by when; only for whoever asked.
  const { identityToken, terminal } = depositor;
  const ask = { kind: 'acceptance', requestNumber: number } as const;
  const slip = await terminal.ask('issueDocument', { identityToken, operationId: 'slip', ask, maskIdNumber: true });
  const verified = await terminal.ask('verifyDocument', {
    documentNumber: slip.documentNumber,
    code: slip.verificationCode,
  });
  assert.deepEqual(
    verified.paper?.facts.slice(0, 2).map(({ value }) => value),
    [number, '退休提取'],
  );
  const supplied = await depositor.request(
    { item: 'Q06', caseNumber: number, supplied: [{ material: 'retirement', by: 'typed' }] },
    { supplements: { retirement: '退休证 江0042' } },
  );
  assert.equal(supplied.told.state, 'decided');
  const after = await depositor.outcome(number);
  assert.ok(after.state === 'case' && after.why.some(({ reason }) => reason === 'supplement'), JSON.stringify(after));

  // Staff ask for one more thing, and it comes by phone, named as the page names it; of somebody else it changes nothing.
  const { requests } = platform.running;
  const asked = await requests.office.askFor({ requestNumber: number, materials: ['work'], days: 5, by: 'wang.min' });
  assert.ok(asked.ok && asked.value.now.state === 'needs');
  const paper = { caseNumber: number, idNumber: ordinary.idNumber, material: '终止劳动关系证明' };
  await requests.handedIn({ ...paper, idNumber: syntheticPerson('middle-dot', TODAY).idNumber });
  assert.equal((await depositor.outcome(number)).state, 'needs');
  await requests.handedIn(paper);
  assert.equal((await depositor.outcome(number)).state, 'case');
});

test('a certificate is called back: staff review it where they review all of them, and the case follows', async (t) => {
  const { depositor, platform } = await start(t, { person: syntheticPerson('middle-dot', TODAY) });
  const { identityToken, terminal } = depositor;
  const ask = { kind: 'crossRegionCertificate', addressee: '临海市住房公积金管理中心' } as const;
  const paper = await terminal.ask('issueDocument', { identityToken, operationId: 'paper', ask, maskIdNumber: true });
  const { documentNumber } = paper;
  const { number, told } = await depositor.request({ item: 'P03', documentNumber, reason: 'notNeeded' });
  assert.ok(told.state === 'case', JSON.stringify(told));
  const { certificates } = platform.running;
  assert.ok((await certificates.reviewCancel({ documentNumber, approved: true, by: 'wang.min' })).ok);
  assert.equal((await depositor.line(number))?.state, 'granted');
  const again = await depositor.request({ item: 'P03', documentNumber, reason: 'notNeeded' });
  assert.ok(again.told.state === 'decided' && again.told.verdict === 'refused');
});

test('what goes on elsewhere: a transfer by the other centre, an appointment, a complaint, a call for staff', async (t) => {
  const { depositor, clock, platform } = await start(t);
  const transfer = await depositor.request(
    { item: 'B07', fromCentre: { name: '临海市中心' } },
    { oldAccountNumber: '0099' },
  );
  assert.ok(transfer.told.state === 'case' && transfer.told.results?.transfer?.letterNumber === transfer.number);
  const plain = async (form: RequestForm) => {
    const number = await depositor.submit(form, depositor.personOf(), `op ${form.item} ${depositor.journal.length}`, {
      level: 'L1',
    });
    return { number, told: await depositor.outcome(number) };
  };
  const visit = { item: 'B08', topicId: 'loan', branchId: 'nowhere', date: '2026-11-24', half: 'morning' } as const;
  assert.equal((await plain(visit)).told.state, 'case');
  assert.equal((await plain({ item: 'S01', topicId: 'machine', kind: 'complaint' })).told.state, 'case');
  assert.equal((await plain({ item: 'S03', why: 'stuck', step: 'print' })).told.state, 'decided');
  // Asked before the entry is here: the answer waits for it and for the decision.
  const { identityToken, terminal, journal } = depositor;
  const requestNumber = makeRequestNumber({ terminal: terminal.terminalId, counter: journal.length + 1 });
  const waiting = terminal.ask('requestOutcome', { requestNumber, identityToken, waitMs: 5_000 });
  await plain({ item: 'S03', why: 'device' });
  assert.equal((await waiting).state, 'decided');
  clock.advance(49 * 3_600_000);
  await platform.running.projected();
  await depositor.identify();
  const line = await depositor.line(transfer.number);
  assert.deepEqual([line?.state, line?.results?.transfer?.step], ['granted', 'arrived']);
  // It is in the account, and the account says from where.
  const page = { identityToken: depositor.identityToken, order: 'newest', offset: 0, limit: 1 } as const;
  const [entry] = (await terminal.ask('history', page)).entries;
  assert.deepEqual(
    [entry?.kind, entry?.city, entry?.inFen],
    ['08', '临海市', line?.results?.transfer?.booked?.amountFen],
  );
});
