import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RENT, start } from './testing/city.ts';
import { SIGNATURE } from './testing/depositor.ts';

test('once a person and day: what comes late, offline or lifted afterwards, is counted too, and goes to staff with the reason', async (t) => {
  const { depositor, platform, bindCard, balance, clock } = await start(t, { uses: { perPersonDay: 1, perDay: null } });
  await bindCard();
  const before = await balance();
  const { identityToken, terminal } = depositor;
  const complete = async (requestNumber: string, operationId: string) =>
    terminal.ask('completeIdentity', { identityToken, operationId, requestNumber, signature: SIGNATURE });
  const offline = (operationId: string) =>
    depositor.submit(RENT, depositor.personOf(), operationId, { level: 'L1', offline: true });

  // Two of one day from terminals without the line: the first is the person's one, the second is beyond it.
  const [first, second] = [await offline('op 1'), await offline('op 2')];
  assert.equal((await depositor.outcome(first)).state, 'identityMissing');
  assert.equal((await complete(first, 'yes 1')).state, 'decided');
  assert.equal(await balance(), before - 4_500_00);
  const told = await complete(second, 'yes 2');
  assert.ok(told.state === 'case' && told.why[0]?.reason === 'limit-person', JSON.stringify(told));
  assert.equal((await depositor.line(second))?.why?.zh, told.why[0].words.zh);
  assert.equal(await balance(), before - 4_500_00, 'beyond the limit, and booked');
  await platform.running.projected();
  const sent = JSON.stringify(await (await platform.management('sms-outbox')).json());
  assert.ok(sent.includes(told.why[0].words.zh), 'nobody tells the person');
  // With the line a third one is refused at the gate, as ever.
  const third = await depositor.confirm(RENT, depositor.personOf(), 'op 3');
  assert.equal((third.body as { code: string }).code, 'E2414');

  // Two of the staff may still do it, and so may the next day.
  const words = { zh: '同意', en: 'Granted' };
  const { office } = platform.running.requests;
  const grant = { requestNumber: second, verdict: 'granted', words, by: 'wang.min', proposedBy: 'li.na' } as const;
  const granted = await office.decide(grant);
  assert.ok(granted.ok, JSON.stringify(granted));
  clock.advance(86_400_000);
  await depositor.identify();
  const next = await depositor.confirm(RENT, depositor.personOf(), 'op 4');
  assert.equal(next.status, 200);
});

test('what needs nobody to be known is counted when it arrives; a member of the staff lifts it, and it goes as it would have gone', async (t) => {
  const { depositor, platform } = await start(t, { uses: { perPersonDay: null, perDay: 1 } });
  const call = { item: 'S03', why: 'stuck' } as const;
  const ask = async (operationId: string) => {
    const number = await depositor.submit(call, depositor.personOf(), operationId, { level: 'L0' });
    return { number, told: await depositor.outcome(number) };
  };
  assert.equal((await ask('op 1')).told.state, 'decided');
  const { number, told } = await ask('op 2');
  assert.ok(told.state === 'case' && told.why[0]?.reason === 'limit-day', JSON.stringify(told));
  const words = { zh: '同意', en: 'Granted' };
  const done = await platform.running.requests.office.decide({
    ...{ requestNumber: number, verdict: 'granted', words, by: 'wang.min' },
  });
  assert.ok(done.ok && done.value.now.state === 'granted');
});
