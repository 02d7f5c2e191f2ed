// A vendor plug-in that does one thing wrong: `misbehaving.ts <step> <fault> <marker>`. It does so once, and leaves the
// marker file behind; the process that is started after it behaves.

import { existsSync, writeFileSync } from 'node:fs';
import { MessageReader, encodeMessage } from '@kiosk/device-drivers/plugin/frames.ts';
import { PHOTO } from '@kiosk/device-drivers/plugin/messages.ts';
import type { PluginFault, PluginStep } from '@kiosk/device-drivers/suites/vendor-plugin.matrix.ts';

const [, , step, fault, marker = ''] = process.argv as [string, string, PluginStep, PluginFault, string];
const LATE_MS = 4_000;

const HELLO = { protocol: 1, name: 'misbehaving', version: '1', capabilities: ['photo'] };
const RESULT = { ...PHOTO, rgb: Buffer.alloc(PHOTO.width * PHOTO.height * 3).toString('base64') };

const write = (bytes: Uint8Array) => process.stdout.write(bytes);
const say = (message: unknown) => write(encodeMessage(message));

/** Does wrong what it is here for, or else what is right. */
function tell(now: PluginStep, right: Record<string, unknown>): void {
  if (now !== step || existsSync(marker)) return void say(right);
  writeFileSync(marker, '');
  switch (fault) {
    case 'crash':
      return void process.kill(process.pid, 'SIGSEGV');
    case 'hang':
      for (;;);
    case 'slow':
      return void setTimeout(() => say(right), LATE_MS);
    case 'garbage':
      return void write(Buffer.from('Segmentation fault? No: licence file missing (-22)\n'));
    case 'oversize':
      return void write(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0x7b));
    case 'notJson':
      return void write(Buffer.concat([Uint8Array.of(0, 0, 0, 4), Buffer.from('{{}}')]));
    case 'wrongShape':
      return void say({ hello: 'world' });
    case 'wrongId':
      return void say({ ...right, id: -1 });
    case 'wrongResult':
      return void say({ ...right, result: { ...RESULT, width: 103 } });
    case 'problem':
      return void say({ id: right['id'], problem: 'licence missing' });
    case 'chatter':
      say(right);
      return void say({ ...right, id: 0 });
  }
}

const reader = new MessageReader();
process.stdin.on('data', (chunk: Buffer) => {
  const requests = reader.push(chunk);
  if (!requests.ok) throw new Error(requests.error);
  for (const { id } of requests.value as { id: number }[]) tell('answer', { id, result: RESULT });
});
process.stdin.on('end', () => process.exit(0));
process.stderr.write('a vendor writes whatever it likes here\n');
tell('hello', HELLO);
