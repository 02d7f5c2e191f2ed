import type { TLSSocket } from 'node:tls';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Terminal, TerminalStore } from '../store/store.ts';

/**
 * Who is calling: the client certificate's common name is the terminal's number. The handshake itself lets everybody through, so that
 * a refused terminal can be told why; nothing of a request is read before this has answered.
 * Errors: E3105 with the reason.
 */
export async function admit(socket: TLSSocket, terminals: TerminalStore): Promise<Result<Terminal>> {
  const named = certified.get(socket) ?? nameOf(socket);
  certified.set(socket, named);
  if (!named.ok) return named;
  const terminal = await terminals.get(named.value);
  if (!terminal) return fail('E3105', 'terminal is not registered');
  if (terminal.state === 'revoked') return fail('E3105', 'terminal was revoked');
  return ok(terminal);
}

/** Who a connection belongs to does not change while it lasts, and reading a certificate costs as much as a question to the store. */
const certified = new WeakMap<TLSSocket, Result<string>>();

function nameOf(socket: TLSSocket): Result<string> {
  const certificate = socket.getPeerCertificate() as { subject?: { CN?: string | string[] } } | undefined;
  const name = certificate?.subject?.CN;
  if (name === undefined) return fail('E3105', 'no client certificate');
  // Type says Error, Node gives the OpenSSL reason as a word: CERT_HAS_EXPIRED.
  if (!socket.authorized) return fail('E3105', `client certificate refused: ${String(socket.authorizationError)}`);
  if (typeof name !== 'string' || !/^\d{6}$/.test(name)) {
    return fail('E3105', 'common name of the certificate is no terminal number');
  }
  return ok(name);
}
