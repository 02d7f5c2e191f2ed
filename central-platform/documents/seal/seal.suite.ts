import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rendered, SealProvider } from './provider.ts';

/** A provider under test, and the renderer's word for a file as that provider knows it. */
export interface SealSubject {
  readonly seal: SealProvider;
  /** One rendered document with its proof. */
  rendered(): Promise<Rendered>;
  /** Whether what came back is sealed and whole; for a PDF pdfsig says so, for an OFD the city's own tool. */
  holds(sealed: Uint8Array): boolean;
}

/**
 * What every provider of the seal must do, whatever it makes: CMS in a PDF, a seal of GB/T 38540, an OFD. A city calls this with
 * its own provider in a test file of its own.
 */
export function sealSuite(name: string, make: () => Promise<SealSubject>): void {
  test(`${name}: what the platform rendered is sealed, and says which certificate did it`, async () => {
    const { seal, rendered, holds } = await make();
    const sealed = await seal.seal(await rendered());
    assert.ok(sealed.ok, sealed.ok ? '' : sealed.error.code);
    assert.match(sealed.value.certificate ?? '', /^[0-9a-f]{64}$/);
    assert.ok(holds(sealed.value.bytes), 'what came back is not soundly sealed');
  });

  test(`${name}: bytes that the renderer did not vouch for are refused, however they came`, async () => {
    const { seal, rendered } = await make();
    const own = await rendered();
    const altered = Uint8Array.from(own.bytes);
    altered[altered.length >> 1]! ^= 1;
    for (const forged of [
      { bytes: altered, proof: own.proof },
      { bytes: own.bytes, proof: new Uint8Array() },
      { bytes: own.bytes, proof: new Uint8Array(own.proof.length) },
      { bytes: new TextEncoder().encode('%PDF-1.7 from elsewhere'), proof: own.proof },
    ]) {
      const answer = await seal.seal(forged);
      assert.equal(answer.ok ? 'sealed' : answer.error.code, 'E5205');
    }
  });

  test(`${name}: twenty at once are all sealed, none as another`, async () => {
    const { seal, rendered, holds } = await make();
    const one = await rendered();
    const all = await Promise.all(Array.from({ length: 20 }, () => seal.seal(one)));
    for (const sealed of all) assert.ok(sealed.ok && holds(sealed.value.bytes));
  });
}
