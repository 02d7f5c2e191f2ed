import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { deviceFileTransport } from '@kiosk/device-drivers/transport/device-file.ts';
import { Pty } from '../simulators/pty.ts';

/** A pseudo-terminal is a character device too, and has no message of its own to say that bytes came. */
async function device(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'device-file-'));
  const news = new EventEmitter();
  let heard = '';
  const far = new Pty(join(dir, 'device'), (chunk) => {
    heard += chunk.toString('latin1');
    news.emit('heard');
  });
  await far.listen();
  await far.plug();
  const transport = deviceFileTransport(far.port, systemClock);
  t.after(async () => {
    await transport.close();
    await far.close();
    rmSync(dir, { recursive: true });
  });
  const hears = async (text: string) => {
    while (!heard.includes(text)) await once(news, 'heard');
  };
  return { far, transport, hears, heard: () => heard };
}

test('bytes go both ways, also after a long silence and a second open', async (t) => {
  const { far, transport, hears } = await device(t);
  for (const word of ['one', 'two']) {
    assert.ok((await transport.open()).ok);
    const answer = new Promise<string>((resolve) => {
      let text = '';
      const stop = transport.onData((chunk) => {
        text += Buffer.from(chunk).toString();
        if (text.length < word.length) return;
        stop();
        resolve(text);
      });
    });
    assert.ok((await transport.write(Buffer.from(word))).ok);
    await hears(word);
    far.write(Buffer.from(word.toUpperCase()));
    assert.equal(await answer, word.toUpperCase());
    await transport.close();
  }
});

test('more bytes than the device takes at once arrive whole', async (t) => {
  const { transport, hears, heard } = await device(t);
  assert.ok((await transport.open()).ok);
  const slip = `${'x'.repeat(100_000)}END`;
  assert.ok((await transport.write(Buffer.from(slip))).ok);
  await hears('END');
  assert.equal(heard().length, slip.length);
});

test('what is written to a closed device is refused and never sent', async (t) => {
  const { transport, hears, heard } = await device(t);
  const refused = await transport.write(Buffer.from('STALE'));
  assert.equal(!refused.ok && refused.error.reason, 'closed');
  assert.ok((await transport.open()).ok);
  assert.ok((await transport.write(Buffer.from('fresh'))).ok);
  await hears('fresh');
  assert.equal(heard(), 'fresh');
});

test('a device that is pulled out is told once; absent afterwards, open again when it is back', async (t) => {
  const { far, transport } = await device(t);
  const losses: string[] = [];
  const lost = new Promise<void>((resolve) =>
    transport.onClosed(({ reason }) => {
      losses.push(reason);
      resolve();
    }),
  );
  assert.ok((await transport.open()).ok);
  await far.unplug();
  // A terminal that hung up is at its end when it is read; only a write says that nobody is there.
  await transport.write(Buffer.from('is anybody there'));
  await lost;
  assert.deepEqual([losses, transport.isOpen, await transport.isPresent()], [['closed'], false, false]);
  const gone = await transport.open();
  assert.equal(!gone.ok && gone.error.reason, 'absent');
  await far.plug();
  assert.ok((await transport.open()).ok);
});

test('a device that another program holds, or that may not be opened', async () => {
  const opened = await deviceFileTransport('/dev/null/nothing', systemClock).open();
  assert.equal(!opened.ok && opened.error.reason, 'failed');
});
