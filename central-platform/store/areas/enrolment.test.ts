import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import { enrolmentStore } from './enrolment.ts';

const code = (codeId: string, createdAt = 100) => ({
  codeId,
  terminalId: '300120',
  codeHash: `hash of ${codeId}`,
  createdBy: 'li',
  createdAt,
  expiresAt: createdAt + 1_000,
});
const certificate = (serialNumber: string, issuedAt: number, origin: 'enrolment' | 'renewal') => ({
  serialNumber,
  terminalId: '300120',
  origin,
  issuedAt,
  notBefore: issuedAt,
  notAfter: issuedAt + 10_000,
});

const USED = { keysHash: 'a', answer: '{}' };

for (const { name, skip, open } of engines) {
  test(
    `twenty guesses at the same moment: five of them count, and the code is used once (${name})`,
    { skip },
    async (t) => {
      const store = enrolmentStore(await open(t));
      await store.addCode(code('c1'));
      const tried = await Promise.all(Array.from({ length: 20 }, () => store.tryCode('300120', 200, 5)));
      assert.equal(tried.filter((one) => one !== undefined).length, 5);
      const used = await Promise.all(Array.from({ length: 5 }, () => store.useCode('c1', 300, USED)));
      assert.deepEqual(used.filter(Boolean), [true]);
      assert.equal(await store.tryCode('300120', 300, 50), undefined, 'a used code is tried no more');
    },
  );

  test(`a new code takes the place of the one before; an expired one is none (${name})`, { skip }, async (t) => {
    const store = enrolmentStore(await open(t));
    await store.addCode(code('c1'));
    await store.addCode(code('c2', 200));
    assert.equal((await store.tryCode('300120', 300, 5))?.codeId, 'c2');
    assert.equal(await store.useCode('c1', 300, USED), false);
    assert.equal(await store.tryCode('300120', 1_200, 5), undefined);
    assert.equal(await store.tryCode('300121', 300, 5), undefined, 'a code is for one terminal');
    assert.deepEqual(
      (await store.codes(10)).map(({ codeId, tries, cancelledAt }) => [codeId, tries, cancelledAt]),
      [
        ['c2', 1, null],
        ['c1', 0, 200],
      ],
    );
  });

  test(
    `a renewed certificate replaces the one before when it is first shown, an enrolled one at once (${name})`,
    { skip },
    async (t) => {
      const store = enrolmentStore(await open(t));
      const good = async () =>
        (await store.certificates('300120')).filter((one) => one.supersededAt === null).map((one) => one.serialNumber);
      await store.addCertificate(certificate('a1', 1, 'enrolment'));
      await store.certificateSeen('a1', 2);
      await store.addCertificate(certificate('a2', 3, 'renewal'));
      assert.deepEqual(await good(), ['a2', 'a1']);
      await store.certificateSeen('a2', 4);
      await store.certificateSeen('a2', 5);
      assert.deepEqual(await good(), ['a2']);
      await store.addCertificate(certificate('a3', 6, 'enrolment'));
      assert.deepEqual(await good(), ['a3']);
    },
  );

  test(`a revocation is kept with its reason; the last one counts (${name})`, { skip }, async (t) => {
    const store = enrolmentStore(await open(t));
    assert.equal(await store.revocation('300120'), undefined);
    await store.noteRevocation({ terminalId: '300120', reason: 'stolen', by: 'li', at: 1 });
    await store.noteRevocation({ terminalId: '300120', reason: 'retired', by: 'wang', at: 2 });
    assert.deepEqual(await store.revocation('300120'), { terminalId: '300120', reason: 'retired', by: 'wang', at: 2 });
  });
}
