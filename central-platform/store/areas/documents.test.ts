import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { archiveContext } from '../../documents/office.ts';
import { walkArchive } from '../../documents/integrity.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { documentStore } from './documents.ts';

const vault = createVault('a secret of a test, of more than 32 characters');
const DATE = '2026-11-21';
const order = (operationId: string, terminalId = '300120') => ({
  terminalId,
  operationId,
  kind: 'accountSheet',
  depositorId: 'somebody',
  fingerprint: 'f',
  centreId: '38010000',
  date: DATE,
  at: 1_000,
});
const numberOf = (terminal: string) => (sequence: number) =>
  makeDocumentNumber({ centre: '38010000', date: DATE, terminal, sequence });
function paperOf(documentNumber: string, text: string, reprint = 0) {
  const clear = Buffer.from(text);
  return {
    pages: 1,
    sha256: createHash('sha256').update(clear).digest('hex'),
    bytes: vault.seal(archiveContext(documentNumber, reprint), clear),
  };
}
const issued = (documentNumber: string, text: string) => ({
  ...paperOf(documentNumber, text),
  source: new Uint8Array([1]),
  verificationCode: '7K3M9QXD2HTB5WZR',
  verificationUrl: 'https://localhost/verify',
  validUntil: '2027-01-21',
  sealedBy: null,
  publicContent: { facts: [] },
});

for (const { name, skip, open } of engines) {
  test(
    `twenty calls for ten operations at once: ten numbers in a row, each operation its own (${name})`,
    { skip },
    async (t) => {
      const store = documentStore(await open(t));
      const calls = Array.from({ length: 20 }, (_, n) => store.reserve(order(`op ${n % 10}`), numberOf('300120')));
      const numbers = new Set((await Promise.all(calls)).map(({ documentNumber }) => documentNumber));
      const expected = Array.from({ length: 10 }, (_, n) => numberOf('300120')(n + 1));
      assert.deepEqual([...numbers].sort(), expected.sort());
      assert.equal(
        (await store.reserve(order('op', '300121'), numberOf('300121'))).documentNumber,
        numberOf('300121')(1),
      );
    },
  );

  test(`reprints are counted once an operation, and none of what is not valid (${name})`, { skip }, async (t) => {
    const store = documentStore(await open(t));
    const { documentNumber } = await store.reserve(order('op'), numberOf('300120'));
    assert.equal(await store.reserveReprint(documentNumber, '300120', 'r1', 2_000), undefined, 'not issued yet');
    await store.archive(documentNumber, issued(documentNumber, 'paper'));
    const both = await Promise.all([1, 2].map(() => store.reserveReprint(documentNumber, '300120', 'r1', 2_000)));
    assert.deepEqual(
      both.map((one) => one!.reprint),
      [1, 1],
    );
    assert.equal((await store.reserveReprint(documentNumber, '300121', 'r2', 3_000))!.reprint, 2);
    assert.equal((await store.find(documentNumber))!.reprints, 0, 'reserved is not printed');
    await store.archiveReprint({ documentNumber, reprint: 1 }, paperOf(documentNumber, 'again', 1));
    assert.equal((await store.find(documentNumber))!.reprints, 1);
    assert.ok(await store.setState(documentNumber, 'cancelled', 4_000, 'holder'));
    assert.equal(await store.reserveReprint(documentNumber, '300120', 'r3', 5_000), undefined);
    const { cancelledAt, cancelReason } = (await store.find(documentNumber))!;
    assert.deepEqual([cancelledAt, cancelReason], [4_000, 'holder']);
  });

  test(
    `the walk of the archive finds what is altered, exchanged, unreadable or gone, and nothing else (${name})`,
    { skip },
    async (t) => {
      const db = await open(t);
      const store = documentStore(db);
      const numbers: string[] = [];
      for (let n = 0; n < 60; n++) {
        const { documentNumber } = await store.reserve(order(`op ${n}`), numberOf('300120'));
        numbers.push(documentNumber);
        await store.archive(documentNumber, issued(documentNumber, `paper ${n}`));
      }
      await store.reserve(order('not issued'), numberOf('300120'));
      const reprinted = numbers[55]!;
      await store.reserveReprint(reprinted, '300120', 'r', 2_000);
      await store.archiveReprint({ documentNumber: reprinted, reprint: 1 }, paperOf(reprinted, 'again', 1));
      assert.deepEqual(await walkArchive(store, vault), { papers: 61, broken: [] });

      const set = (documentNumber: string, bytes: Buffer) =>
        db.updateTable('document_archive').set({ bytes }).where('document_number', '=', documentNumber).execute();
      await set(numbers[3]!, vault.seal(archiveContext(numbers[3]!), Buffer.from('another paper')));
      await set(numbers[7]!, Buffer.from((await store.bytes(numbers[8]!))!));
      await db.deleteFrom('document_archive').where('document_number', '=', numbers[9]!).execute();
      await db.updateTable('document_reprint').set({ sha256: '00' }).execute();
      const { papers, broken } = await walkArchive(store, vault);
      assert.equal(papers, 61);
      assert.deepEqual(broken, [
        { documentNumber: numbers[3], reprint: 0, problem: 'altered' },
        { documentNumber: numbers[7], reprint: 0, problem: 'unreadable' },
        { documentNumber: numbers[9], reprint: 0, problem: 'missing' },
        { documentNumber: reprinted, reprint: 1, problem: 'altered' },
      ]);
    },
  );

  test(`two steps of one certificate at once: one is taken, the other looks again (${name})`, { skip }, async (t) => {
    const { certificates } = documentStore(await open(t));
    const record = { documentNumber: 'N', depositorId: 'd', state: 'issued', content: { state: 'issued' }, at: 1 };
    const first = { documentNumber: 'N', at: 1, actor: '300120', type: 'issued', content: {} };
    await Promise.all([certificates.open(record, [first]), certificates.open(record, [first])]);
    const from = (await certificates.find('N'))!;
    const step = (actor: string) =>
      certificates.step(from, { state: 'granted', content: {} }, { at: 2, actor, type: 'replied', content: {} });
    const taken = await Promise.all([step('a'), step('b')]);
    assert.deepEqual([...taken].sort(), [false, true]);
    assert.deepEqual(
      (await certificates.steps('N')).map(({ place }) => place),
      [1, 2],
    );
    assert.equal((await certificates.inState('granted', 10)).length, 1);
  });
}
