import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
import { syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { claimOf } from '../testing/terminal.ts';
import { cardNumber, ordinary, RENT, start } from './testing/city.ts';
import { DepositorAtTerminal } from './testing/depositor.ts';

const TWO = { by: 'wang.min', proposedBy: 'li.na' };

test('a card is bound, rent is decided by rules, booked, paid once, and stands in the progress; nothing personal is in clear', async (t) => {
  const { platform, depositor, balance, bindCard, bank } = await start(t);
  const before = await balance();
  const bound = await bindCard();
  assert.deepEqual(
    [bound.told.state, 'results' in bound.told && bound.told.results?.card?.card],
    ['decided', cardNumber.slice(-4)],
  );
  const { number, told } = await depositor.request(RENT);
  assert.ok(told.state === 'decided' && told.verdict === 'granted', JSON.stringify(told));
  assert.equal(told.by, 'rules');
  const { booked, payment } = told.results!;
  assert.deepEqual([booked!.amountFen, booked!.balanceFen], [4_500_00, before - 4_500_00]);
  assert.deepEqual([payment!.state, payment!.amountFen, payment!.card], ['paid', 4_500_00, cardNumber.slice(-4)]);
  assert.ok(told.trace!.every(({ outcome }) => outcome !== 'failed'));
  assert.equal(await balance(), before - 4_500_00);
  assert.deepEqual(
    [...bank.paid.values()].map(({ amountFen, times }) => [amountFen, times]),
    [[4_500_00, 1]],
  );

  // The same entries carried here once more, by a bundle or after a restart: nothing happens twice.
  await platform.restart();
  const again = new DepositorAtTerminal(platform, await platform.terminal(), ordinary, depositor.journal);
  again.identityToken = depositor.identityToken;
  await again.terminal.deliver(depositor.journal.batch());
  assert.equal((await again.outcome(number)).state, 'decided');
  assert.equal(await balance(), before - 4_500_00);

  const line = await again.line(number);
  assert.deepEqual([line?.state, line?.channel, line?.results?.payment?.state], ['granted', '50', 'paid']);
  const masked = await again.terminal.ask('progress', { claim: claimOf(ordinary) });
  assert.ok(masked.masked && masked.cases.length === 2);
  assert.ok(!JSON.stringify(masked).includes('450000'), 'an amount is shown to somebody with a card alone');
  // Who has nothing but the number hears the state.
  const stranger = await again.terminal.ask('requestOutcome', { requestNumber: number, waitMs: 0 });
  assert.ok(stranger.state === 'decided' && stranger.results === undefined && stranger.trace === undefined);
  const logged = platform.logLines.join('\n') + JSON.stringify(masked);
  assert.ok(!logged.includes(cardNumber) && !logged.includes(ordinary.idNumber) && !logged.includes(ordinary.name));
});

test('refused by rules with the rule; nobody consents: a person, and the decision of staff reaches the terminal', async (t) => {
  const { depositor, platform, bindCard, balance, checks } = await start(t, { homes: 1 });
  await bindCard();
  const before = await balance();
  const refused = await depositor.request(RENT);
  assert.ok(refused.told.state === 'decided' && refused.told.verdict === 'refused');
  assert.equal(refused.told.trace?.at(-1)?.rule, 'evidence');
  assert.equal((await depositor.line(refused.number))?.why?.zh, refused.told.trace?.at(-1)?.words.zh);

  const asked = checks.asked.homes;
  const without = await depositor.request({ item: 'B04', months: 2, payTo: 'onRecord' });
  assert.ok(
    without.told.state === 'case' && without.told.why[0]?.reason === 'open-rules',
    JSON.stringify(without.told),
  );
  assert.equal(without.told.dueOn, '2026-11-25');
  assert.equal(checks.asked.homes, asked, 'an office was asked without consent');
  const { office } = platform.running.requests;
  const words = { zh: '经核对，同意提取', en: 'Looked at and granted' };
  const grant = { requestNumber: without.number, verdict: 'granted', words, by: 'wang.min' } as const;
  for (const one of [grant, { ...grant, proposedBy: 'wang.min' }]) {
    const alone = await office.decide(one);
    assert.equal(alone.ok || alone.error.code, 'E2506', 'money is granted by two');
  }
  const decided = await office.decide({ ...grant, proposedBy: TWO.proposedBy });
  assert.ok(decided.ok, JSON.stringify(decided));
  const twice = await office.decide({ requestNumber: without.number, verdict: 'refused', words, by: 'li.na' });
  assert.equal(twice.ok || twice.error.code, 'E2704');
  const line = await depositor.line(without.number);
  assert.deepEqual([line?.state, line?.why?.zh, line?.results?.payment?.state], ['granted', words.zh, 'paid']);
  assert.equal(await balance(), before - 3_000_00);
});

test('offline with the card alone: waits for its identity, whatever the entry says of its level, and is decided when it is completed', async (t) => {
  const { depositor, platform, bindCard, balance } = await start(t);
  await bindCard();
  const before = await balance();
  const number = await depositor.submit(RENT, depositor.personOf(), 'op offline', { level: 'L3', offline: true });
  const told = await depositor.outcome(number);
  assert.ok(told.state === 'identityMissing', JSON.stringify(told));
  const words = { zh: '同意', en: 'yes' };
  const early = await platform.running.requests.office.decide({
    requestNumber: number,
    verdict: 'granted',
    words,
    by: 'wang.min',
  });
  assert.equal(early.ok || early.error.code, 'E2705');
  assert.equal(await balance(), before);
  const { identityToken, terminal } = depositor;
  // Without a signature it is no confirmation.
  const unsigned = await terminal.call('completeIdentity', {
    identityToken,
    operationId: 'op later',
    requestNumber: number,
  });
  assert.equal((unsigned.body as { code: string }).code, 'E9005');
  const signature = { aspectMilli: 3_000, strokes: [[1, 2, 3, 4]] };
  const done = terminal.ask('completeIdentity', {
    identityToken,
    operationId: 'op later',
    requestNumber: number,
    signature,
  });
  assert.ok((await done).state === 'decided');
  assert.equal(await balance(), before - 4_500_00);
  const again = await terminal.ask('completeIdentity', {
    identityToken,
    operationId: 'op later',
    requestNumber: number,
    signature,
  });
  assert.equal(again.state, 'decided');
});

test('a confirmation of something else, or one too old, confirms nothing', async (t) => {
  const { depositor, platform, clock, bindCard } = await start(t);
  await bindCard();
  const person = depositor.personOf();
  assert.equal((await depositor.confirm(RENT, person, 'op a')).status, 200);
  const other: RequestForm = { ...RENT, months: 12 };
  const second = await depositor.confirm(other, person, 'op a');
  assert.equal((second.body as { code: string }).code, 'E2703');
  const number = await depositor.submit(other, person, 'op a');
  assert.equal((await depositor.outcome(number)).state, 'identityMissing');
  const events = (await (await platform.management('events')).json()) as { code: string }[];
  assert.ok(
    events.some(({ code }) => code === 'E2703'),
    'a form that differs from what was confirmed is no event',
  );
  clock.advance(11 * 60_000);
  const late = await depositor.confirm(RENT, person, 'op b');
  assert.equal((late.body as { code: string }).code, 'E2701');
});

test('the bank is silent: nothing is guessed, a person finds out, and it is paid once', async (t) => {
  const { depositor, platform, bank, bindCard, balance } = await start(t);
  await bindCard();
  const before = await balance();
  bank.faults.set({ kind: 'lost' }, 1);
  const { number, told } = await depositor.request(RENT);
  assert.ok(told.state === 'case' && told.why[0]?.reason === 'unknown-outcome', JSON.stringify(told));
  assert.equal(told.results?.payment?.state, 'underWay');
  const { office } = platform.running.requests;
  const words = { zh: '同意', en: 'yes' };
  for (const verdict of ['granted', 'refused'] as const) {
    const guess = await office.decide({ requestNumber: number, verdict, words, by: 'wang.min' });
    assert.equal(guess.ok || guess.error.code, 'E2706');
  }
  bank.faults.set({ kind: 'down' }, 1);
  await office.findOut({ requestNumber: number, by: 'wang.min' });
  assert.equal((await depositor.outcome(number)).state, 'case');
  await office.findOut({ requestNumber: number, by: 'wang.min' });
  const end = await depositor.outcome(number);
  assert.ok(end.state === 'decided' && end.results?.payment?.state === 'paid', JSON.stringify(end));
  assert.deepEqual(
    [...bank.paid.values()].map(({ times }) => times),
    [1],
  );
  assert.equal(await balance(), before - 4_500_00);
});

test('a new number is reached by a code, changed once, and is the number of every channel', async (t) => {
  const { depositor, core } = await start(t);
  const { terminal, identityToken } = depositor;
  const phone = syntheticPhone(77);
  const same = await terminal.call('sendContactCode', { identityToken, phone: ordinary.phone });
  assert.equal((same.body as { code: string }).code, 'E2702');
  const { challengeId } = await terminal.ask('sendContactCode', { identityToken, phone });
  const code = await depositor.lastCode();
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  assert.equal((await terminal.ask('checkContactCode', { identityToken, challengeId, code: wrong })).accepted, false);
  const checked = await terminal.ask('checkContactCode', { identityToken, challengeId, code });
  assert.ok(checked.accepted);
  // Another number than the one the code went to.
  const { contactCheckId } = checked;
  const swapped = await depositor.request(
    { item: 'B01', change: 'phone', contactCheckId },
    { newPhone: syntheticPhone(78) },
  );
  assert.ok(swapped.told.state === 'case' && swapped.told.why[0]?.reason === 'check-missing');
  const { told } = await depositor.request({ item: 'B01', change: 'phone', contactCheckId }, { newPhone: phone });
  assert.ok(told.state === 'decided' && told.verdict === 'granted', JSON.stringify(told));
  const now = await core.findByIdNumber(ordinary.idNumber);
  assert.ok(now.ok && now.value?.phone === phone);
  const sent = await terminal.call('sendCode', claimOf(ordinary));
  assert.ok(JSON.stringify(sent.body).includes(told.results!.phone!), JSON.stringify(sent.body));
});

test('cards that take no money are told with their repair', async (t) => {
  const { depositor } = await start(t);
  const { terminal, identityToken } = depositor;
  const mistyped = cardNumber.slice(0, -1) + String((Number(cardNumber.at(-1)) + 1) % 10);
  const told = await terminal.ask('verifyPayoutCard', { identityToken, operationId: 'k', cardNumber: mistyped });
  assert.ok(!told.verified && told.repair === 'number');
  const { told: unchecked } = await depositor.request({ item: 'B02', source: 'typed' }, { cardNumber });
  assert.ok(unchecked.state === 'case' && unchecked.why[0]?.reason === 'check-missing');
});

test('retirement as one thing: number and card are changed, the account is closed with interest and paid to the new card', async (t) => {
  const { depositor, platform, balance, bank } = await start(t, { retiredOn: '2026-10-01' });
  const { terminal, identityToken } = depositor;
  const checked = await terminal.ask('verifyPayoutCard', { identityToken, operationId: 'k', cardNumber });
  assert.ok(checked.verified);
  const { cardCheckId } = checked;
  const before = await balance();
  const { number, told: first } = await depositor.request(
    {
      ...{ item: 'B03', payTo: 'onRecord', consents: ['work'] },
      bundle: { kind: 'retirement', parts: [{ item: 'B02', source: 'typed', cardCheckId }] },
    },
    { cardNumber },
  );
  // The amount is beyond what rules decide; what the parts changed stands already.
  assert.ok(first.state === 'case' && first.why[0]?.reason === 'above-limit', JSON.stringify(first));
  const words = { zh: '已复核', en: 'Checked' };
  const { office } = platform.running.requests;
  assert.ok((await office.decide({ requestNumber: number, verdict: 'granted', words, ...TWO })).ok);
  const told = await depositor.outcome(number);
  assert.ok(told.state === 'decided' && told.verdict === 'granted', JSON.stringify(told));
  const { parts, booked, payment } = told.results!;
  assert.deepEqual(
    parts?.map(({ item, verdict }) => [item, verdict]),
    [['B02', 'granted']],
  );
  assert.ok(booked!.interestFen > 0 && booked!.amountFen === before && booked!.balanceFen === 0);
  assert.equal(payment!.amountFen, before + booked!.interestFen);
  assert.equal([...bank.paid.values()][0]!.amountFen, before + booked!.interestFen);
});
