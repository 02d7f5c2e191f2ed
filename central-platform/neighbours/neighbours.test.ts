import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { test } from 'node:test';
import { ManualClock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticCardNumber, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { AuditEvent } from '../store/audit-store.ts';
import { createBankDesk } from './bank.ts';
import { NEEDS_CONSENT, type CheckKind } from './checks.ts';
import { createCheckDesk } from './desk.ts';
import { syntheticOffices } from './synthetic.ts';
import { openPinBlock, syntheticBank, syntheticPin } from './synthetic-bank.ts';

const { name, idNumber } = syntheticPerson('ordinary', '2026-11-21');
const subject = { name, idNumber };
const order = { subject, reference: 'case-1', consentId: 'consent-1', actor: 'terminal 300120' };

function auditLog() {
  const events: AuditEvent[] = [];
  return {
    events,
    append: async (event: AuditEvent) => {
      events.push(event);
      return { ...event, id: events.length, before: '', link: '' };
    },
  };
}

test('every office answers, and the log says who asked, for what, with which consent, and nothing of the person', async () => {
  const clock = new ManualClock();
  const audit = auditLog();
  const desk = createCheckDesk({ provider: syntheticOffices(clock), clock, audit });
  for (const kind of Object.keys(NEEDS_CONSENT) as CheckKind[]) {
    assert.ok((await desk.check({ ...order, kind })).ok, kind);
    const refused = await desk.check({ ...order, kind, consentId: null });
    assert.equal(refused.ok ? 'answered' : refused.error.code, NEEDS_CONSENT[kind] ? 'E3403' : 'answered', kind);
  }
  assert.equal(audit.events.length, 10);
  const text = JSON.stringify(audit.events);
  assert.ok(!text.includes(idNumber) && !text.includes(name), 'a personal value is in the audit log');
});

test('without a consent nothing leaves the centre', async () => {
  const clock = new ManualClock();
  const offices = syntheticOffices(clock);
  await createCheckDesk({ provider: offices, clock, audit: auditLog() }).check({
    ...order,
    kind: 'homes',
    consentId: null,
  });
  assert.equal(offices.asked.homes, 0);
});

for (const [fault, code] of [
  [{ kind: 'down' }, 'E3401'],
  [{ kind: 'lost' }, 'E3401'],
  [{ kind: 'slow', ms: 200 }, 'E3401'],
  [{ kind: 'wrong' }, 'E3402'],
  [{ kind: 'twice' }, undefined],
] as const) {
  test(`an office is ${fault.kind}: ${code ?? 'answered all the same'}, and afterwards all is well`, async () => {
    const offices = syntheticOffices(systemClock);
    const desk = createCheckDesk({ provider: offices, clock: systemClock, audit: auditLog(), deadlineMs: 40 });
    offices.faults.homes.set(fault, 1);
    const answer = await desk.check({ ...order, kind: 'homes' });
    assert.equal(answer.ok ? undefined : answer.error.code, code);
    assert.ok((await desk.check({ ...order, kind: 'homes' })).ok);
  });
}

test('what offices answer is evidence; an office that is down leaves it open', async () => {
  const clock = new ManualClock();
  const known = new Map([[idNumber, { homes: { count: 0 }, work: { employed: false, retiredOn: '2026-01-01' } }]]);
  const offices = syntheticOffices(clock, known);
  const desk = createCheckDesk({ provider: offices, clock, audit: auditLog() });
  const wanted = ['noHomeHere', 'retirement', 'work', 'death', 'purchase'] as const;
  assert.deepEqual(await desk.evidence(wanted, order), {
    noHomeHere: true,
    retirement: true,
    work: true,
    death: false,
  });
  offices.faults.homes.set({ kind: 'down' });
  assert.deepEqual(await desk.evidence(['noHomeHere'], order), {});
});

const keys = { iso0: Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'), sm4: Buffer.alloc(16, 7) };
const cardNumber = syntheticCardNumber(7);

/** As a pad seals it. */
function seal(format: 'iso0' | 'sm4', pin: string, card = cardNumber) {
  const size = format === 'sm4' ? 16 : 8;
  const field = Buffer.from(`0${pin.length.toString(16)}${pin}`.padEnd(size * 2, 'f'), 'hex');
  const pan = Buffer.from(card.slice(-13, -1).padStart(size * 2, '0'), 'hex');
  const cipher = createCipheriv(format === 'sm4' ? 'sm4-ecb' : 'des-ede-ecb', keys[format], null).setAutoPadding(false);
  const blockHex = Buffer.concat([cipher.update(field.map((byte, i) => byte ^ pan[i]!)), cipher.final()])
    .toString('hex')
    .toUpperCase();
  return { format, blockHex, digits: pin.length };
}
const at = { reference: 'session-1', actor: 'terminal 300120', cardNumber };

test('a PIN block of either form is opened by the bank alone; three wrong PINs block the card', async () => {
  const bank = syntheticBank({ clock: systemClock, keys });
  const audit = auditLog();
  const desk = createBankDesk({ bank, clock: systemClock, audit });
  const pin = syntheticPin(cardNumber);
  for (const format of ['iso0', 'sm4'] as const) {
    assert.ok((await desk.verifyPin({ ...at, block: seal(format, pin) })).ok, format);
    assert.equal(openPinBlock(seal(format, '123456789012'), keys[format], cardNumber), '123456789012');
    assert.equal(openPinBlock(seal(format, pin), Buffer.alloc(16, 9), cardNumber), undefined);
  }
  const codeOf = async (block: ReturnType<typeof seal>) => {
    const checked = await desk.verifyPin({ ...at, block });
    return checked.ok ? 'right' : checked.error.code;
  };
  assert.equal(await codeOf({ ...seal('iso0', pin), blockHex: '0123456789ABCDEF' }), 'E3506');
  const wrong = seal('iso0', pin === '123456' ? '654321' : '123456');
  assert.deepEqual([await codeOf(wrong), await codeOf(wrong), await codeOf(wrong)], ['E3502', 'E3502', 'E3503']);
  assert.equal(await codeOf(seal('iso0', pin)), 'E3503');
  const text = JSON.stringify(audit.events);
  assert.ok(!text.includes(cardNumber) && !text.includes(pin), 'a card number or PIN is in the audit log');
});

test('a card of somebody else is no payout card', async () => {
  const bank = syntheticBank({ clock: systemClock, keys, holders: new Map([[cardNumber, name]]) });
  const desk = createBankDesk({ bank, clock: systemClock, audit: auditLog() });
  assert.ok((await desk.verifyCard({ ...at, name, idNumber })).ok);
  const other = await desk.verifyCard({ ...at, name: '另一人', idNumber });
  assert.equal(other.ok || other.error.code, 'E3504');
});

const payment = { reference: 'W-1', name, cardNumber, amountFen: 1_500_00 };

for (const fault of [
  { kind: 'lost' },
  { kind: 'down' },
  { kind: 'wrong' },
  { kind: 'twice' },
  { kind: 'slow', ms: 80 },
] as const) {
  test(`a payment when the bank is ${fault.kind}: known or unknown, settled by its reference, and paid once`, async () => {
    const bank = syntheticBank({ clock: systemClock, keys });
    const desk = createBankDesk({ bank, clock: systemClock, audit: auditLog(), deadlineMs: 40 });
    bank.faults.set(fault, 1);
    const first = await desk.pay(payment, 'system');
    assert.equal(first.ok ? 'paid' : first.error.code, fault.kind === 'twice' ? 'paid' : 'E3505');
    const settled = await desk.settle(payment, 'system');
    assert.ok(settled.ok && settled.value.state === 'paid');
    assert.deepEqual(await desk.pay(payment, 'system'), settled);
    assert.deepEqual(
      [...bank.paid.values()].map(({ times }) => times),
      [1],
    );
    const other = await desk.pay({ ...payment, amountFen: 1 }, 'system');
    assert.equal(other.ok || other.error.code, 'E3307');
  });
}
