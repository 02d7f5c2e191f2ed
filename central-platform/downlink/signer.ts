import { type ChildProcess, fork } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { keyIdOf, signedBytes } from '@kiosk/contract/platform/downlink.ts';
import type { Log } from '../log.ts';
import type { SignerReply } from './signer-process.ts';

export interface Signature {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/**
 * Signs what the centre sends down. Whoever gets into the program that talks to terminals must not get the key: it lies
 * with the signer, which signs statements and nothing else. A file behind a process of its own here; a city's HSM or a
 * signing service takes the same place.
 */
export interface ConfigurationSigner {
  /** undefined: it does not answer, or refuses these bytes. */
  sign(statement: Uint8Array): Promise<Signature | undefined>;
  close(): Promise<void>;
}

/** The signer as a process that alone reads the key file; started with the first signature, and again should it die. */
export function processSigner(keyFile: string, log: Log): ConfigurationSigner {
  let running: ChildProcess | undefined;
  let nextId = 1;
  const waiting = new Map<number, (signature: Signature | undefined) => void>();

  function settle(id: number, signature: Signature | undefined): void {
    waiting.get(id)?.(signature);
    waiting.delete(id);
  }

  function start(): ChildProcess {
    const child = fork(new URL('./signer-process.ts', import.meta.url), [keyFile], { execArgv: [], stdio: 'ignore' });
    child.on('message', (reply: SignerReply) => {
      if ('refused' in reply) log({ event: 'signer.refused', code: 'E2307', detail: reply.refused });
      settle(
        reply.id,
        'refused' in reply
          ? undefined
          : { keyId: reply.keyId, signature: Buffer.from(reply.signatureBase64, 'base64') },
      );
    });
    child.on('error', (error) => log({ event: 'signer.failed', code: 'E2307', detail: error.name }));
    child.on('exit', (code) => {
      if (running === child) running = undefined;
      if (waiting.size > 0) log({ event: 'signer.ended', code: 'E2307', detail: `exit ${code}` });
      for (const id of [...waiting.keys()]) settle(id, undefined);
    });
    return child;
  }

  return {
    sign(statement) {
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        running ??= start();
        running.send({ id, statementBase64: Buffer.from(statement).toString('base64') }, (error) => {
          if (error) settle(id, undefined);
        });
      });
    },
    async close() {
      const child = running;
      if (!child || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
}

/** The key in this very process: for tests, which have no gateway to be kept away from it. */
export function keySigner(privateKeyPem: string): ConfigurationSigner {
  const key = createPrivateKey(privateKeyPem);
  const keyId = keyIdOf(createPublicKey(key));
  return {
    sign: async (statement) => ({ keyId, signature: sign(null, signedBytes(statement), key) }),
    close: async () => {},
  };
}
