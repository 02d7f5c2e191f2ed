import { once } from 'node:events';
import { type TLSSocket, connect } from 'node:tls';
import type { TestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { TERMINALS } from '@kiosk/central-platform/testing/installation.ts';

/** A terminal's connection on which bytes are sent as they are. */
export async function rawConnection(platform: TestPlatform): Promise<TLSSocket> {
  const { port } = new URL(platform.running.terminalUrl);
  const { cert, key } = await platform.installation.credentials(TERMINALS[0]);
  const socket = connect({ host: '127.0.0.1', port: Number(port), ca: platform.installation.authority.ca, cert, key });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return socket;
}

/** Everything the other side says until it ends the connection. */
export async function untilClosed(socket: TLSSocket): Promise<string> {
  let said = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => (said += text));
  if (!socket.closed) await once(socket, 'close');
  return said;
}

/** Status and code of every answer in what was said. */
export function answersIn(said: string): (readonly [status: number, code: string | undefined])[] {
  return said
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part.startsWith('HTTP/1.1 '))
    .map((part) => [Number(part.slice(9, 12)), /"code":"(E\d{4})"/.exec(part)?.[1]]);
}
