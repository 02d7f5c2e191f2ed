import { type ChildProcess, fork } from 'node:child_process';
import type { Log } from '../log.ts';
import type { AuthorityReply } from './authority-process.ts';
import { type CertificateOrder, createIssuer } from './issue.ts';

/**
 * Issues client certificates for terminals. Whoever gets into the program that talks to terminals must not get the key: it
 * lies with the authority. A file behind a process of its own here; a city's certificate authority takes the same place.
 */
export interface EnrolmentAuthority {
  /** undefined: it does not answer, or refuses the order. */
  issue(order: CertificateOrder): Promise<{ readonly certificatePem: string } | undefined>;
  close(): Promise<void>;
}

/** The authority as a process that alone reads the key file; started with the first order, and again should it die. */
export function processAuthority(keyFile: string, certificateFile: string, log: Log): EnrolmentAuthority {
  let running: { readonly child: ChildProcess; readonly ready: Promise<void> } | undefined;
  let nextId = 1;
  const waiting = new Map<number, (certificatePem: string | undefined) => void>();

  function settle(id: number, certificatePem: string | undefined): void {
    waiting.get(id)?.(certificatePem);
    waiting.delete(id);
  }

  function start() {
    const child = fork(new URL('./authority-process.ts', import.meta.url), [keyFile, certificateFile], {
      execArgv: [],
      stdio: 'ignore',
    });
    // What is sent before it listens would be lost.
    const ready = new Promise<void>((resolve) => {
      child.once('message', () => resolve());
      child.once('exit', () => resolve());
    });
    child.on('message', (reply: AuthorityReply | { ready: true }) => {
      if ('ready' in reply) return;
      if ('refused' in reply) log({ event: 'authority.refused', code: 'E3114', detail: reply.refused });
      settle(reply.id, 'refused' in reply ? undefined : reply.certificatePem);
    });
    child.on('error', (error) => log({ event: 'authority.failed', code: 'E3114', detail: error.name }));
    child.on('exit', (code) => {
      if (running?.child === child) running = undefined;
      if (waiting.size > 0) log({ event: 'authority.ended', code: 'E3114', detail: `exit ${code}` });
      for (const id of [...waiting.keys()]) settle(id, undefined);
    });
    return { child, ready };
  }

  return {
    async issue(order) {
      const id = nextId++;
      const answered = new Promise<string | undefined>((resolve) => waiting.set(id, resolve));
      running ??= start();
      const { child, ready } = running;
      await ready;
      if (child.connected) {
        child.send({ id, ...order }, (error) => {
          if (error) settle(id, undefined);
        });
      } else settle(id, undefined);
      const certificatePem = await answered;
      return certificatePem === undefined ? undefined : { certificatePem };
    },
    async close() {
      const child = running?.child;
      if (!child || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** The key in this very process: for tests, which have no gateway to be kept away from it. */
export async function keyAuthority(keyPem: string, certificatePem: string): Promise<EnrolmentAuthority> {
  const issue = await createIssuer(keyPem, certificatePem);
  return {
    async issue(order) {
      const result = await issue(order);
      return 'refused' in result ? undefined : result;
    },
    close: async () => {},
  };
}
