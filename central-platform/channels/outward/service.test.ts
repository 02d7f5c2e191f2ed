import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { ordinary, startHall, TODAY } from '../testing/hall.ts';
import { OUTWARD_FIELDS, type Grant, type OutwardFieldName } from './grants.ts';

const BOTH = { by: 'wang', approvedBy: 'li' };
const NAMES = Object.keys(OUTWARD_FIELDS) as OutwardFieldName[];
const department = (grants: readonly Partial<Grant>[], change: object = {}) => ({
  departmentId: 'housing',
  name: { zh: '住建局', en: 'Housing bureau' },
  purpose: 'rent-check',
  purposeWords: { zh: '租房资格核查', en: 'Check for rented homes' },
  legalBasis: '租房管理办法第八条',
  grants,
  perMinute: 10_000,
  ...change,
});
const who = { name: ordinary.name, idNumber: ordinary.idNumber, purpose: 'rent-check' };

test('whatever is granted and whatever is asked: nothing leaves that is not granted, and everything that left is logged', async (t) => {
  const { rooms, store } = await startHall(t);
  await rooms.outward.put(department([]), BOTH);
  const key = await rooms.outward.key('housing', BOTH);
  assert.ok(key.ok);
  let questions = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(NAMES),
      fc.array<string>(
        fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('phone', '__proto__', 'toString', 'accounts')),
        {
          minLength: 1,
          maxLength: 15,
        },
      ),
      fc.constantFrom('plain', 'masked', 'rounded'),
      async (granted, fields, form) => {
        const grants = granted.map((field) => ({ field, form, roundFen: 100_000, consent: false }));
        assert.ok((await rooms.outward.put(department(grants), BOTH)).ok);
        const answer = await rooms.outward.ask('housing', key.value, { ...who, fields });
        assert.ok(answer.ok, JSON.stringify(answer));
        questions++;
        const given = Object.keys(answer.value.values);
        for (const field of given) {
          assert.ok(granted.includes(field as OutwardFieldName) && fields.includes(field), `${field} left`);
        }
        assert.deepEqual([...new Set([...given, ...answer.value.withheld])].sort(), [...new Set(fields)].sort());
        const text = JSON.stringify(answer.value);
        const hidden = [
          ordinary.phone,
          ...(form === 'plain' && granted.includes('idNumber') ? [] : [ordinary.idNumber]),
        ];
        for (const secret of hidden) assert.ok(!text.includes(secret), 'a value left whole');
        if (form === 'masked' || !granted.includes('name')) assert.ok(!text.includes(ordinary.name));
        if (form === 'rounded' && given.includes('balanceFen')) {
          assert.equal(Number(answer.value.values['balanceFen']) % 100_000, 0);
        }
        const [logged] = await store.outward.answers('housing', 1);
        assert.deepEqual([...logged!.given].sort(), given.sort(), 'the log says what left');
      },
    ),
    { numRuns: 150 },
  );
  assert.deepEqual(await store.outward.counts(0), [{ departmentId: 'housing', asked: questions, found: questions }]);
  const kept = JSON.stringify([await store.outward.answers(undefined, 500), await store.audit.list(500)]);
  assert.ok(!kept.includes(ordinary.idNumber) && !kept.includes(ordinary.name), 'the log names nobody');
});

test('a field that needs consent leaves while a consent of the person is in force: not before, not after it was withdrawn or ran out', async (t) => {
  const { rooms, call, signedIn, clock } = await startHall(t);
  await rooms.outward.put(department([{ field: 'balanceFen', consent: true }, { field: 'pays' }]), BOTH);
  const key = await rooms.outward.key('housing', BOTH);
  assert.ok(key.ok);
  const ask = async () => {
    const answer = await rooms.outward.ask('housing', key.value, { ...who, fields: ['balanceFen', 'pays'] });
    assert.ok(answer.ok);
    return Object.keys(answer.value.values).sort();
  };
  assert.deepEqual(await ask(), ['pays']);
  const session = await signedIn();
  const give = () => call('giveConsent', { departmentId: 'housing', fields: ['balanceFen'], days: 30 }, { session });
  const given = (await give()).body as { consentId: string; department: { en: string } };
  assert.equal(given.department.en, 'Housing bureau');
  assert.deepEqual(await ask(), ['balanceFen', 'pays']);
  await call('withdrawConsent', { number: given.consentId }, { session });
  assert.deepEqual(await ask(), ['pays']);
  assert.equal((await call('withdrawConsent', { number: given.consentId }, { session })).status, 404, 'once');
  await give();
  assert.deepEqual(await ask(), ['balanceFen', 'pays']);
  clock.step(30 * 86_400_000);
  assert.deepEqual(await ask(), ['pays'], 'after thirty days');
  const all = await call(
    'giveConsent',
    { departmentId: 'housing', fields: ['idNumber'], days: 1 },
    { session: await signedIn() },
  );
  assert.equal(all.status, 404, 'nobody can be talked into a consent for what is not granted');
});

test('wrong key, purpose, dates, stopped, too many: refused alike, alarmed, and over HTTP with their status', async (t) => {
  const { rooms, store, url, clock } = await startHall(t);
  await rooms.outward.put(department([{ field: 'pays' }], { perMinute: 2, validTo: '2026-12-31' }), BOTH);
  const key = await rooms.outward.key('housing', BOTH);
  assert.ok(key.ok);
  const post = async (body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/outward/v1/questions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-department': 'housing',
        'x-department-key': key.value,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return [response.status, ((await response.json()) as { code?: string }).code];
  };
  const question = { ...who, fields: ['pays'] };
  assert.deepEqual(await post(question), [200, undefined]);
  assert.deepEqual(await post(question, { 'x-department-key': 'no' }), [403, 'E2611']);
  assert.deepEqual(await post(question, { 'x-department': 'tax' }), [403, 'E2611']);
  assert.deepEqual(await post({ ...question, purpose: 'curiosity' }), [403, 'E2611']);
  assert.deepEqual(await post({ ...question, more: 1 }), [400, 'E9005']);
  assert.equal((await store.security.list()).filter(({ code }) => code === 'E2611').length, 3);
  await post(question);
  assert.deepEqual(await post(question), [429, 'E3106']);
  clock.advance(60_000);
  const stranger = syntheticPerson('two-accounts', TODAY);
  const other = await rooms.outward.ask('housing', key.value, { ...question, idNumber: stranger.idNumber });
  assert.deepEqual(
    other.ok && other.value,
    { found: false, values: {}, withheld: ['pays'] },
    'name and number belong together',
  );
  clock.step(60 * 86_400_000);
  assert.deepEqual(await post(question), [403, 'E2611']);
});
