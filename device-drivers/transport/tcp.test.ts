import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { tcpTransport } from './tcp.ts';

async function listening(t: TestContext): Promise<{ server: Server; port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

test('bytes go both ways, on a new socket at each open', async (t) => {
  const { server, port } = await listening(t);
  const transport = tcpTransport({ host: '127.0.0.1', port }, systemClock);
  t.after(() => transport.close());
  for (const word of ['one', 'two']) {
    const connection = once(server, 'connection') as Promise<[Socket]>;
    assert.ok((await transport.open()).ok);
    const [device] = await connection;
    const heard = once(device, 'data');
    assert.ok((await transport.write(Buffer.from(word))).ok);
    assert.equal(String((await heard)[0]), word);
    const answer = new Promise<string>((resolve) => {
      const stop = transport.onData((chunk) => {
        stop();
        resolve(Buffer.from(chunk).toString());
      });
    });
    device.write(word.toUpperCase());
    assert.equal(await answer, word.toUpperCase());
    await transport.close();
  }
});

test('a device that hangs up is told once, and what is written then is refused', async (t) => {
  const { server, port } = await listening(t);
  const transport = tcpTransport({ host: '127.0.0.1', port }, systemClock);
  const connection = once(server, 'connection') as Promise<[Socket]>;
  const closed = new Promise<string>((resolve) => transport.onClosed(({ reason }) => resolve(reason)));
  assert.ok((await transport.open()).ok);
  (await connection)[0].end();
  assert.equal(await closed, 'closed');
  const refused = await transport.write(Buffer.from('late'));
  assert.equal(!refused.ok && refused.error.reason, 'closed');
});

test('nobody listens at the address', async (t) => {
  const { server, port } = await listening(t);
  server.close();
  await once(server, 'close');
  const opened = await tcpTransport({ host: '127.0.0.1', port }, systemClock).open();
  assert.equal(!opened.ok && opened.error.reason, 'absent');
});

test('closing while connecting leaves it closed', async (t) => {
  const { port } = await listening(t);
  const transport = tcpTransport({ host: '127.0.0.1', port }, systemClock);
  const opening = transport.open();
  await transport.close();
  assert.equal((await opening).ok, false);
  assert.equal(transport.isOpen, false);
});
