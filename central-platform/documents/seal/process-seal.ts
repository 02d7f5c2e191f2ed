import { type ChildProcess, fork } from 'node:child_process';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Log } from '../../log.ts';
import type { PdfSealer } from './pdf-seal.ts';
import type { Sealed, SealProvider } from './provider.ts';
import type { SealReply, SealRequest } from './seal-process.ts';

export interface SealFiles {
  /** Private key, PKCS 8 PEM. */
  readonly keyFile: string;
  /** The seal's certificate and what leads to its authority, PEM. */
  readonly certificateFile: string;
  readonly proofKeyFile: string;
}

const REFUSED = {
  proof: { code: 'E5205', detail: 'not what the renderer made' },
  form: { code: 'E5206', detail: 'the file has no place for a signature' },
} as const;

/** The reference provider: a process that alone reads the seal's key, started with the first document and again should it die. */
export function processSeal({ keyFile, certificateFile, proofKeyFile }: SealFiles, log: Log): SealProvider {
  let running: ChildProcess | undefined;
  let nextId = 1;
  const waiting = new Map<number, (answer: Result<Sealed>) => void>();

  function settle(id: number, answer: Result<Sealed>): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  function start(): ChildProcess {
    const files = [keyFile, certificateFile, proofKeyFile];
    const child = fork(new URL('./seal-process.ts', import.meta.url), files, {
      execArgv: [],
      stdio: 'ignore',
      serialization: 'advanced',
    });
    child.on('message', (reply: SealReply) => {
      if ('refused' in reply) log({ event: 'seal.refused', ...REFUSED[reply.refused] });
      settle(reply.id, 'refused' in reply ? err(REFUSED[reply.refused]) : ok(reply.sealed));
    });
    child.on('error', (error) => log({ event: 'seal.failed', code: 'E5206', detail: error.name }));
    child.on('exit', (code) => {
      if (running === child) running = undefined;
      if (waiting.size > 0) log({ event: 'seal.ended', code: 'E5206', detail: `exit ${code}` });
      for (const id of [...waiting.keys()]) settle(id, fail('E5206', 'the seal process ended'));
    });
    return child;
  }

  return {
    kind: 'pdf-signature',
    demonstration: true,
    needsField: true,
    seal({ bytes, proof }) {
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        running ??= start();
        running.send({ id, bytes, proof } satisfies SealRequest, (error) => {
          if (error) settle(id, fail('E5206', error.name));
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

/** The same seal in this very process: for tests, which have no gateway to be kept away from the key. */
export function ownSeal(sealer: PdfSealer): SealProvider {
  return {
    kind: 'pdf-signature',
    demonstration: true,
    needsField: true,
    async seal(rendered) {
      const answer = await sealer(rendered);
      return 'refused' in answer ? err(REFUSED[answer.refused]) : ok(answer);
    },
    close: async () => {},
  };
}
