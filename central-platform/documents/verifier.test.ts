import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { EXAMPLES } from '@kiosk/documents/kinds/examples.ts';
import { DOCUMENT_KINDS } from '@kiosk/documents/index.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { documentStore } from '../store/areas/documents.ts';
import { guardStore } from '../store/areas/guard.ts';
import type { SecurityEvent } from '../store/store.ts';
import { engines } from '../testing/engines.ts';
import { createVault } from '../vault.ts';
import { createVerifier } from './verifier.ts';

const CODE = '7K3M9QXD2HTB5WZR';

for (const { name, skip, open } of engines) {
  test(
    `somebody guesses the code of one number from many addresses: told once, and the paper stays genuine (${name})`,
    { skip },
    async (t) => {
      const db = await open(t);
      const store = documentStore(db);
      const clock = new ManualClock();
      const events: SecurityEvent[] = [];
      const security = { record: async (event: SecurityEvent) => void events.push(event), list: async () => events };
      const vault = createVault('a secret of a test, of more than 32 characters');
      const verifier = createVerifier({ clock, store, guard: guardStore(db), security, vault });
      const { documentNumber } = await store.reserve(
        {
          terminalId: '300120',
          operationId: 'op',
          kind: 'depositCertificate',
          depositorId: 'd',
          fingerprint: 'f',
          centreId: '38010000',
          date: '2026-11-21',
          at: clock.now(),
        },
        (sequence) => makeDocumentNumber({ centre: '38010000', date: '2026-11-21', terminal: '300120', sequence }),
      );
      assert.equal(
        (await verifier.verify(documentNumber, CODE, { address: 'a' })).verdict,
        'unknown',
        'not issued yet',
      );
      await store.archive(documentNumber, {
        pages: 1,
        sha256: 'aa',
        bytes: new Uint8Array([1]),
        source: new Uint8Array([1]),
        verificationCode: CODE,
        verificationUrl: 'https://localhost/verify',
        validUntil: null,
        sealedBy: null,
        publicContent: { facts: DOCUMENT_KINDS.depositCertificate.facts(EXAMPLES.depositCertificate) },
      });
      for (let i = 0; i < 50; i++) {
        const { verdict } = await verifier.verify(documentNumber, 'WRONG', { address: `address ${i}` });
        assert.equal(verdict, 'unknown');
      }
      assert.deepEqual(
        events.map(({ code, detail }) => [code, detail]),
        [['E5215', documentNumber]],
      );
      const { verdict, paper } = await verifier.verify(documentNumber, CODE, { address: 'holder' });
      assert.equal(verdict, 'valid');
      assert.ok(paper!.facts.some(({ zh }) => zh === '账户余额'));
      const many = { terminalId: '300120' };
      let last = await verifier.verify(documentNumber, 'WRONG', many);
      for (let i = 0; i < 40; i++) last = await verifier.verify(documentNumber, 'WRONG', many);
      assert.equal(last.verdict, 'locked', 'a terminal may err forty times, not for ever');
    },
  );
}
