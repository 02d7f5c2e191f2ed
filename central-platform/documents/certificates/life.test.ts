import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Certificate, type CertificateEvent, mayCancel, next } from './life.ts';

const GRANTED = {
  type: 'replied',
  reply: { self: 'granted', centreName: '海湾市住房公积金管理中心', amountFen: 40_000_000, repayment: 'equalPayments' },
} as const;
const REFUSED = { type: 'replied', reply: { self: 'refused', centreName: '海湾市住房公积金管理中心' } } as const;
const CANCEL = { type: 'cancelRequested', reason: 'notNeeded' } as const;
const review = (approved: boolean) => ({ type: 'cancelReviewed', approved }) as const;

function after(...events: readonly CertificateEvent[]): Certificate {
  let now: Certificate | undefined;
  for (const event of events) {
    const result = next(now, event);
    assert.ok(result.ok, `${event.type} after ${now?.state ?? 'nothing'}`);
    now = result.value;
  }
  return now!;
}
const ISSUED = [{ type: 'applied' }, { type: 'previewed' }, { type: 'issued' }] as const;

test('from the application to the loan that is paid off', () => {
  const end = after(...ISSUED, GRANTED, { type: 'used' }, { type: 'settled' });
  assert.deepEqual(end, { state: 'settled', reply: GRANTED.reply });
});

test('a certificate may be issued without being looked at first', () => {
  assert.equal(after({ type: 'applied' }, { type: 'issued' }).state, 'issued');
});

test('the lending centre refuses, thinks again, and refuses again', () => {
  assert.equal(after(...ISSUED, REFUSED).state, 'refused');
  assert.equal(after(...ISSUED, REFUSED, GRANTED).state, 'granted');
  assert.equal(after(...ISSUED, GRANTED, REFUSED).state, 'refused');
});

test('a partner who may borrow counts as granted', () => {
  const reply = { self: 'refused', partner: 'granted', centreName: '海湾市住房公积金管理中心' } as const;
  assert.equal(after(...ISSUED, { type: 'replied', reply }).state, 'granted');
});

test('called back with consent it is over; refused it stands where it stood', () => {
  assert.equal(after(...ISSUED, CANCEL, review(true)).state, 'cancelled');
  assert.deepEqual(after(...ISSUED, GRANTED, CANCEL, review(false)), { state: 'granted', reply: GRANTED.reply });
  assert.equal(after(...ISSUED, REFUSED, CANCEL, review(false)).state, 'refused');
});

test('every other step in every state is refused with its code, and nothing changes', () => {
  const states = {
    applied: after({ type: 'applied' }),
    previewed: after({ type: 'applied' }, { type: 'previewed' }),
    issued: after(...ISSUED),
    granted: after(...ISSUED, GRANTED),
    refused: after(...ISSUED, REFUSED),
    used: after(...ISSUED, GRANTED, { type: 'used' }),
    settled: after(...ISSUED, GRANTED, { type: 'used' }, { type: 'settled' }),
    cancelRequested: after(...ISSUED, CANCEL),
    cancelled: after(...ISSUED, CANCEL, review(true)),
  };
  const events = {
    applied: { type: 'applied' },
    previewed: { type: 'previewed' },
    issued: { type: 'issued' },
    replied: GRANTED,
    used: { type: 'used' },
    settled: { type: 'settled' },
    cancelRequested: CANCEL,
    cancelReviewed: review(true),
  } as const;
  const allowed: Record<keyof typeof states, readonly (keyof typeof events)[]> = {
    applied: ['previewed', 'issued'],
    previewed: ['previewed', 'issued'],
    issued: ['replied', 'cancelRequested'],
    granted: ['replied', 'used', 'cancelRequested'],
    refused: ['replied', 'cancelRequested'],
    used: ['settled'],
    settled: [],
    cancelRequested: ['cancelReviewed'],
    cancelled: [],
  };
  for (const [state, now] of Object.entries(states) as [keyof typeof states, Certificate][]) {
    for (const [name, event] of Object.entries(events) as [keyof typeof events, CertificateEvent][]) {
      const result = next(now, event);
      assert.equal(result.ok, allowed[state].includes(name), `${name} in state ${state}`);
      if (!result.ok) assert.equal(result.error.code, 'E5213');
    }
    assert.equal(mayCancel(now), allowed[state].includes('cancelRequested'), state);
  }
  for (const [name, event] of Object.entries(events)) {
    assert.equal(next(undefined, event).ok, name === 'applied', `${name} before anything`);
  }
});
