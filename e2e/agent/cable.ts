import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import type { TestContext } from 'node:test';

/** What lies between terminal and platform, and can be cut. */
export async function layCable(t: TestContext, port: number) {
  const sockets = new Set<Socket>();
  let dark = false;
  const server = createServer((near) => {
    if (dark) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  function cut(now: boolean): void {
    dark = now;
    if (dark) for (const socket of sockets) socket.destroy();
  }
  t.after(() => {
    cut(true);
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, cut };
}
