import { X509Certificate, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { syncFolder, writeNewSecret } from '../journal/file/durable-file.ts';
import { belongTogether, newTlsKey } from './key-pair.ts';

export interface CredentialPaths {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly signingKeyFile: string;
}

/** What the next certificate is asked for with: durable before anything is sent, so that an answer that is lost can be asked for again. */
export interface Draft {
  readonly keyPem: string;
  /** PKCS 8 PEM of the key that is to sign the journal; it may be the one that is in use. */
  readonly signingKeyPem: string;
  readonly signingKey: 'kept' | 'new';
}

const next = (file: string): string => `${file}.next`;
const before = (file: string): string => `${file}.before`;

/**
 * The keys and the certificate of this machine, and how they become others. Each file gets its name when it is whole. What
 * comes lies beside what is in use (`.next`) until the certificate is durable there, which is what decides; then it takes its
 * place, and what was in use is left as `.before`. A power cut between any two steps is finished by `finish`.
 */
export class KeptCredentials {
  readonly #paths: CredentialPaths;

  constructor(paths: CredentialPaths) {
    this.#paths = paths;
  }

  /** The certificate in use, where it is one and its key lies beside it. */
  get certificate(): X509Certificate | undefined {
    const { certificateFile, keyFile } = this.#paths;
    const certificate = readIfThere(certificateFile);
    const key = readIfThere(keyFile);
    return certificate && key && belongTogether(certificate, key) ? new X509Certificate(certificate) : undefined;
  }

  /** The certificate in use took another one's place. */
  get replaced(): boolean {
    return existsSync(before(this.#paths.certificateFile));
  }

  /**
   * Keys for an enrolment: those of one that was begun, else new ones. The signing key in use is kept unless a new one is asked for.
   * Error: E8101, a signing key that cannot enrol.
   */
  draft(wanted: { readonly newSigningKey: boolean }): Result<Draft> {
    const { signingKeyFile } = this.#paths;
    const there = readIfThere(signingKeyFile)?.toString();
    // A machine without a journal key: nothing is replaced, so it gets its place at once.
    if (there === undefined) writeNewSecret(signingKeyFile, Buffer.from(newSigningKey()));
    const replaces = there !== undefined && wanted.newSigningKey;
    if (replaces && !isSigningKey(readIfThere(next(signingKeyFile)))) {
      writeNewSecret(next(signingKeyFile), Buffer.from(newSigningKey()));
    }
    if (!replaces) remove(next(signingKeyFile));
    const signingKeyPem = readFileSync(replaces ? next(signingKeyFile) : signingKeyFile, 'utf8');
    if (!isSigningKey(signingKeyPem)) return fail('E8101', `${signingKeyFile}: not an Ed25519 key`);
    return ok({
      keyPem: this.#tlsKey(),
      signingKeyPem,
      signingKey: there === undefined || replaces ? 'new' : 'kept',
    });
  }

  /** The key for a renewal: that of one that was begun, else a new one. The signing key stays. */
  draftRenewal(): string {
    remove(next(this.#paths.signingKeyFile));
    return this.#tlsKey();
  }

  /** The answer, durable and then in use. Error: E3104, a certificate that is not for this number and the drafted key. */
  take(certificatePem: string, terminalId: string): Result<X509Certificate> {
    const { certificateFile, keyFile } = this.#paths;
    const key = readIfThere(next(keyFile));
    if (!key || !belongTogether(certificatePem, key)) return fail('E3104', 'certificate is for another key');
    const certificate = new X509Certificate(certificatePem);
    if (certificate.subject !== `CN=${terminalId}`) return fail('E3104', 'certificate is for another number');
    writeNewSecret(next(certificateFile), Buffer.from(certificatePem));
    this.finish();
    return ok(certificate);
  }

  /** Puts what has come in its place; nothing to do when nothing has come whole. Done as often as one likes. */
  finish(): void {
    const { certificateFile, keyFile, signingKeyFile } = this.#paths;
    const certificate = readIfThere(next(certificateFile));
    if (!certificate) return;
    const drafted = readIfThere(next(keyFile));
    // The key may be in its place already.
    const key = drafted ?? readIfThere(keyFile);
    if (!key || !belongTogether(certificate, key)) return remove(next(certificateFile));
    if (drafted) {
      // A pair only: half of one is no way back.
      if (this.certificate) for (const file of [keyFile, certificateFile]) keep(file);
      if (existsSync(next(signingKeyFile))) {
        keep(signingKeyFile);
        replace(signingKeyFile);
      }
      replace(keyFile);
    }
    replace(certificateFile);
  }

  #tlsKey(): string {
    const file = next(this.#paths.keyFile);
    const begun = readIfThere(file)?.toString();
    if (begun !== undefined && isKey(begun)) return begun;
    const keyPem = newTlsKey();
    writeNewSecret(file, Buffer.from(keyPem));
    return keyPem;
  }
}

/** Leaves what is in use beside it. */
const keep = (file: string): void => writeNewSecret(before(file), readFileSync(file));

function replace(file: string): void {
  renameSync(next(file), file);
  syncFolder(dirname(file));
}

function remove(file: string): void {
  if (!existsSync(file)) return;
  rmSync(file, { force: true });
  syncFolder(dirname(file));
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function isKey(pem: string | Buffer, type = 'ec'): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === type;
  } catch {
    return false;
  }
}

const isSigningKey = (pem: string | Buffer | undefined): boolean => pem !== undefined && isKey(pem, 'ed25519');
