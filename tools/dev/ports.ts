import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The wanted loopback port, or any free one when it is taken (or 0 is wanted). */
export async function freePort(wanted: number): Promise<number> {
  return (await tryListen(wanted)) ?? (await tryListen(0))!;
}

async function tryListen(port: number): Promise<number | undefined> {
  const server = createServer();
  const listening = once(server, 'listening').then(
    () => (server.address() as AddressInfo).port,
    () => undefined,
  );
  server.listen(port, '127.0.0.1');
  const found = await listening;
  if (found !== undefined) {
    server.close();
    await once(server, 'close');
  }
  return found;
}
