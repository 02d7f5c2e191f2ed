import 'reflect-metadata';
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as x509 from '@peculiar/x509';
import { must, temporaryFolder } from '../testing/journal.ts';
import { KeptCredentials } from './kept-credentials.ts';
import { belongTogether, certificateRequest } from './key-pair.ts';

const NUMBER = '300120';

/** What an authority would answer; who signed it is not looked at here. */
async function certificateFor(keyPem: string, number = NUMBER): Promise<string> {
  const request = new x509.Pkcs10CertificateRequest(await certificateRequest(number, keyPem));
  const authority = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${number}`,
    issuer: 'CN=authority of a test',
    publicKey: request.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  return certificate.toString('pem');
}

function machine(folder: string) {
  const paths = {
    certificateFile: join(folder, 'terminal.crt'),
    keyFile: join(folder, 'terminal.key'),
    signingKeyFile: join(folder, 'signing.key'),
  };
  const text = (file: string) => fs.readFileSync(file, 'utf8');
  return { paths, kept: new KeptCredentials(paths), text };
}

/** Every write, sync, rename and removal from the n-th on fails, as if the power were gone. Returns whether it came so far. */
function cutAt(t: TestContext, n: number, work: () => void): boolean {
  let step = 0;
  const mocks = (['writeSync', 'fsyncSync', 'renameSync', 'rmSync'] as const).map((name) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    return t.mock.method(fs, name, (...args: unknown[]) => {
      if (step++ >= n) throw new Error('the power is gone');
      return real(...args);
    });
  });
  syncBuiltinESMExports();
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof Error && error.message === 'the power is gone') return true;
    throw error;
  } finally {
    for (const { mock } of mocks) mock.restore();
    syncBuiltinESMExports();
  }
}

test('the power goes between any two steps of a renewal or an enrolment: the old pair or the new one, never half of each', async (t) => {
  for (const newSigningKey of [false, true]) {
    for (let n = 0, cut = true; cut; n++) {
      const { kept, paths, text } = machine(temporaryFolder(t));
      must(kept.take(await certificateFor(must(kept.draft({ newSigningKey: false })).keyPem), NUMBER));
      const old = { certificate: text(paths.certificateFile), signing: text(paths.signingKeyFile) };

      const draft = must(kept.draft({ newSigningKey }));
      const answer = await certificateFor(draft.keyPem);
      cut = cutAt(t, n, () => void kept.take(answer, NUMBER));
      const again = new KeptCredentials(paths);
      again.finish();
      const now = { certificate: text(paths.certificateFile), signing: text(paths.signingKeyFile) };
      assert.ok(
        belongTogether(now.certificate, text(paths.keyFile)),
        `cut at step ${n}: key and certificate are no pair`,
      );
      const isNew = now.certificate === answer;
      assert.ok(isNew || now.certificate === old.certificate, `cut at step ${n}`);
      assert.equal(now.signing, isNew ? draft.signingKeyPem : old.signing, `cut at step ${n}: signing key`);
      if (isNew) assert.equal(text(`${paths.certificateFile}.before`), old.certificate, `cut at step ${n}: way back`);
      else
        assert.equal(
          must(again.draft({ newSigningKey })).keyPem,
          draft.keyPem,
          'it is asked for again with the same key',
        );
      if (!cut) assert.ok(isNew && n > 8, `${n} steps`);
    }
  }
});

test('the power goes while keys are made: the next try makes or finds whole ones', (t) => {
  for (let n = 0, cut = true; cut; n++) {
    const { kept, paths, text } = machine(temporaryFolder(t));
    cut = cutAt(t, n, () => void kept.draft({ newSigningKey: false }));
    const drafted = must(kept.draft({ newSigningKey: false }));
    assert.equal(createPrivateKey(drafted.signingKeyPem).asymmetricKeyType, 'ed25519');
    assert.equal(createPublicKey(drafted.keyPem).asymmetricKeyType, 'ec');
    for (const file of [paths.signingKeyFile, `${paths.keyFile}.next`])
      assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    assert.equal(text(paths.signingKeyFile), drafted.signingKeyPem);
  }
});

test('the signing key stays unless a new one is asked for, and is not replaced before the answer is here', async (t) => {
  const { kept, paths, text } = machine(temporaryFolder(t));
  const first = must(kept.draft({ newSigningKey: true }));
  assert.equal(first.signingKey, 'new', 'there was none');
  must(kept.take(await certificateFor(first.keyPem), NUMBER));
  const same = must(kept.draft({ newSigningKey: false }));
  assert.deepEqual([same.signingKey, same.signingKeyPem], ['kept', first.signingKeyPem]);
  const other = must(kept.draft({ newSigningKey: true }));
  assert.notEqual(other.signingKeyPem, first.signingKeyPem);
  assert.equal(
    must(kept.draft({ newSigningKey: true })).signingKeyPem,
    other.signingKeyPem,
    'begun once, the same again',
  );
  assert.equal(text(paths.signingKeyFile), first.signingKeyPem);
  // The agent renews meanwhile: that is no enrolment.
  must(kept.take(await certificateFor(kept.draftRenewal()), NUMBER));
  assert.equal(text(paths.signingKeyFile), first.signingKeyPem);
  must(kept.take(await certificateFor(must(kept.draft({ newSigningKey: true })).keyPem), NUMBER));
  assert.notEqual(text(paths.signingKeyFile), first.signingKeyPem);
  assert.equal(text(`${paths.signingKeyFile}.before`), first.signingKeyPem);
});

test('a certificate for another key or another number is not taken', async (t) => {
  const { kept, paths } = machine(temporaryFolder(t));
  const other = machine(temporaryFolder(t)).kept.draftRenewal();
  const own = kept.draftRenewal();
  for (const wrong of [await certificateFor(other), await certificateFor(own, '300121'), 'no certificate']) {
    const taken = kept.take(wrong, NUMBER);
    assert.equal(taken.ok ? 'taken' : taken.error.code, 'E3104');
  }
  assert.equal(fs.existsSync(paths.certificateFile), false);
  assert.equal(kept.certificate, undefined);
});
