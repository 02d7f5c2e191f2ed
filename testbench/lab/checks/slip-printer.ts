import assert from 'node:assert/strict';
import { SlipDocument } from '@kiosk/contract/slip.ts';
import { escposSlipPrinter } from '@kiosk/device-drivers/drivers/slip-escpos/driver.ts';
import { type Check, Driven, sideOf } from '../check.ts';
import { LAB_DEVICES } from '../devices.ts';

const OPTIONS = { answerMs: 3_000, heartbeatMs: 500, reconnectMs: [100, 400] };

export const SLIP_PRINTER: Check = {
  id: 'usb-printer',
  title: 'a slip through the kernel’s printer device; unplugged and plugged in again, another one',
  async run(devices) {
    const side = sideOf(devices, 'slipPrinter');
    await side.call('plug');
    const printer = new Driven(escposSlipPrinter, { ...LAB_DEVICES.slipPrinter, options: OPTIONS });
    const print = (number: string) => printer.device.print(slip(number), { signal: new AbortController().signal });
    const done = { ok: true, value: { outcome: 'done', printed: 1 } };
    try {
      await printer.until('ready');
      assert.deepEqual(await print('LAB-000001'), done);
      await side.call('unplug');
      const { code } = await printer.until('offline');
      assert.equal(code, 'E4201');
      await side.call('plug');
      await printer.until('ready');
      assert.deepEqual(await print('LAB-000002'), done);
      const slips = (await side.call('slips')) as string[];
      assert.equal(slips.length, 2, 'every slip comes out once');
      assert.match(slips[0] ?? '', /受理回执[^]*LAB-000001/);
      assert.match(slips[1] ?? '', /LAB-000002/);
      assert.deepEqual(await side.call('unknownCommands'), []);
      return 'two slips, each once';
    } finally {
      await printer.device.stop();
      await side.call('unplug');
    }
  },
};

function slip(number: string): SlipDocument {
  return SlipDocument.parse({
    number,
    blocks: [
      { type: 'text', text: '受理回执', align: 'center', size: 2, bold: true },
      { type: 'row', label: '受理编号', value: number },
      { type: 'qr', data: `https://verify.example/${number}` },
    ],
  });
}
