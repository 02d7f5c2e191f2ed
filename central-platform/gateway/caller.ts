import type { TLSSocket } from 'node:tls';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { TerminalCertificate } from '../store/enrolment-store.ts';
import type { Store, Terminal, TerminalStore } from '../store/store.ts';

/** Who a connection says it is: nothing of a request is read for it, and the store is not asked. */
export interface Claimed {
  readonly terminalId: string;
  /** Hexadecimal, small, without leading zeros. */
  readonly serialNumber: string;
}

/**
 * The client certificate's common name is the terminal's number. The handshake itself lets everybody through, so that a refused
 * terminal can be told why. Errors: E3105 with the reason, E3110 the certificate is not valid now.
 */
export function claimOf(socket: TLSSocket): Result<Claimed> {
  const claimed = certified.get(socket) ?? readClaim(socket);
  certified.set(socket, claimed);
  return claimed;
}

/** Who a connection belongs to does not change while it lasts, and reading a certificate costs as much as a question to the store. */
const certified = new WeakMap<TLSSocket, Result<Claimed>>();

function readClaim(socket: TLSSocket): Result<Claimed> {
  const certificate = socket.getPeerCertificate() as
    { subject?: { CN?: string | string[] }; serialNumber?: string } | undefined;
  const name = certificate?.subject?.CN;
  if (name === undefined) return fail('E3105', 'no client certificate');
  // Type says Error, Node gives the OpenSSL reason as a word: CERT_HAS_EXPIRED.
  const objection = socket.authorized ? undefined : String(socket.authorizationError);
  if (objection === 'CERT_HAS_EXPIRED' || objection === 'CERT_NOT_YET_VALID') return fail('E3110', objection);
  if (objection !== undefined) return fail('E3105', `client certificate refused: ${objection}`);
  if (typeof name !== 'string' || !/^\d{6}$/.test(name)) {
    return fail('E3105', 'common name of the certificate is no terminal number');
  }
  return ok({
    terminalId: name,
    serialNumber: (certificate?.serialNumber ?? '').toLowerCase().replace(/^0+(?=.)/, ''),
  });
}

/** What another process changed is known here within this time: well below the minute in which a revocation has to count. */
export const REMEMBERED_MS = 5_000;

interface Remembered {
  readonly at: number;
  readonly terminal: Terminal | undefined;
  /** Empty: its certificates come from elsewhere, and none is refused for its number. */
  readonly certificates: readonly TerminalCertificate[];
}

export interface Callers {
  /** Errors: E3105 not registered, E3108 revoked (detail: why), E3110 expired, E3109 another certificate has taken this one's place. */
  identify(claimed: Claimed): Promise<Result<Terminal>>;
  /** What is remembered of this terminal is no longer so. */
  forget(terminalId: string): void;
}

/** Terminals as the store has them, remembered for seconds: a drain of a thousand batches asks once. */
export function createCallers(store: Pick<Store, 'terminals' | 'enrolment'>, clock: Clock): Callers {
  const remembered = new Map<string, Remembered>();
  let sweepAt = 0;

  async function look(terminalId: string): Promise<Remembered> {
    const now = clock.monotonic();
    const known = remembered.get(terminalId);
    if (known && now - known.at < REMEMBERED_MS) return known;
    const [terminal, certificates] = await Promise.all([
      store.terminals.get(terminalId),
      store.enrolment.certificates(terminalId),
    ]);
    const fresh = { at: now, terminal, certificates };
    // Numbers that nobody registered are not remembered: there are a million of them.
    if (terminal) remembered.set(terminalId, fresh);
    if (now >= sweepAt) {
      for (const [id, { at }] of remembered) if (now - at >= REMEMBERED_MS) remembered.delete(id);
      sweepAt = now + 60_000;
    }
    return fresh;
  }

  return {
    async identify({ terminalId, serialNumber }) {
      const { terminal, certificates } = await look(terminalId);
      if (!terminal) return fail('E3105', 'terminal is not registered');
      if (terminal.state === 'revoked') {
        const revocation = await store.enrolment.revocation(terminalId);
        return fail('E3108', revocation ? `terminal was revoked: ${revocation.reason}` : 'terminal was revoked');
      }
      if (certificates.length === 0) return ok(terminal);
      const shown = certificates.find((certificate) => certificate.serialNumber === serialNumber);
      if (!shown || shown.supersededAt !== null) return fail('E3109', 'another certificate has taken its place');
      // A connection may outlive the certificate it was opened with.
      if (clock.now() > shown.notAfter) return fail('E3110', 'expired');
      if (shown.firstSeenAt === null) {
        await store.enrolment.certificateSeen(serialNumber, clock.now());
        remembered.delete(terminalId);
      }
      return ok(terminal);
    },
    forget: (terminalId) => void remembered.delete(terminalId),
  };
}

/** The same terminals; whoever changes one through here makes `changed` heard. */
export function watched(terminals: TerminalStore, changed: (terminalId: string) => void): TerminalStore {
  return {
    get: (terminalId) => terminals.get(terminalId),
    list: () => terminals.list(),
    async register(terminalId, signingKeyPem, at) {
      const before = await terminals.register(terminalId, signingKeyPem, at);
      changed(terminalId);
      return before;
    },
    async setState(terminalId, state) {
      const there = await terminals.setState(terminalId, state);
      changed(terminalId);
      return there;
    },
    async heartbeat(terminalId, at, content) {
      await terminals.heartbeat(terminalId, at, content);
      changed(terminalId);
    },
  };
}
