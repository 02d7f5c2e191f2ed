import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { SlipDocument, type SlipDocumentInput } from '@kiosk/contract/slip.ts';
import type { SlipPrinterDevice } from '@kiosk/device-drivers/drivers/driver.ts';
import { escposSlipPrinter } from '@kiosk/device-drivers/drivers/slip-escpos/driver.ts';
import { failureSlip } from '@kiosk/documents/slips/failure-slip.ts';
import { requestSlip } from '@kiosk/documents/slips/request-slip.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { SYNTHETIC_CENTRE_NAME } from '@kiosk/domain/synthetic.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';
import { blackDots, differingDots, dotsOf } from './dots.ts';
import { fromPng, toPng } from './png.ts';

/** What the driver sends is what comes out: the bytes go to the simulated printer, and its paper is compared dot by dot. */
const STORED = join(import.meta.dirname, 'pictures');
/** Of the black dots of the stored picture: another release of the font library may round an edge. */
const TOLERANCE = 0.002;

const FRAME = { centreName: SYNTHETIC_CENTRE_NAME, terminalId: 'JZ0030', at: Date.UTC(2026, 10, 21, 6, 8, 5) };

const SLIPS: Readonly<Record<string, SlipDocumentInput>> = {
  'request-zh': requestSlip({
    ...FRAME,
    language: 'zh-CN',
    requestNumber: makeRequestNumber({ terminal: 'JZ0030', counter: 17 }),
    item: '投诉',
    replyWay: '短信答复',
    offline: true,
  }),
  'failure-en': failureSlip({
    ...FRAME,
    language: 'en',
    resumeCode: 'ABCD2345',
    failed: 'The printer is out of paper.',
    safe: 'Nothing was changed.',
    next: 'Please use another machine or go to the counter.',
    errorCode: 'E4102',
  }),
  'every-block': {
    number: 'TEST-PICTURE',
    blocks: [
      { type: 'text', text: '大字居中', align: 'center', size: 2, bold: true },
      { type: 'text', text: '靠右的一行', align: 'right' },
      { type: 'rule' },
      { type: 'row', label: '生僻字', value: '𬭊*' },
      { type: 'row', label: '金额', value: '12,345.67' },
      { type: 'text', text: '一行放不下的句子要折到下一行，标点符号不放在行首。'.repeat(2) },
      { type: 'space', lines: 2 },
      { type: 'qr', data: 'https://example.invalid/v?d=TEST&c=0000' },
    ],
  },
};

describe('slips, as they look on paper', { timeout: 120_000 }, () => {
  let simulator: RunningSimulator;
  let printer: SlipPrinterDevice;
  let dir: string;
  let printed = 0;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'slip-pictures-'));
    simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {});
    const news = new EventEmitter();
    const created = escposSlipPrinter.create(
      { id: 'under-test', driver: 'escpos', port: String(simulator.ready['port']), options: {} },
      { clock: systemClock, log: () => {}, onStatus: () => news.emit('status'), onEvent: () => {} },
    );
    assert.ok(created.ok);
    printer = created.value;
    printer.start();
    while (printer.status().state !== 'ready') await once(news, 'status');
  });
  after(async () => {
    await printer?.stop();
    await simulator?.stop();
    rmSync(dir, { recursive: true });
  });

  for (const [name, slip] of Object.entries(SLIPS)) {
    test(`the slip ${name} looks as it did`, async () => {
      const result = await printer.print(SlipDocument.parse(slip), { signal: new AbortController().signal });
      assert.ok(result.ok && result.value.outcome === 'done', JSON.stringify(result));
      const png = Buffer.from(String(await simulator.call('picture', ++printed)), 'base64');
      const stored = join(STORED, `${name}.png`);
      const now = fromPng(png);
      const before = existsSync(stored) ? fromPng(readFileSync(stored)) : undefined;
      const allowed = before ? Math.ceil(blackDots(before) * TOLERANCE) : 0;
      const differ = before ? differingDots(before, now) : Infinity;
      if (differ <= allowed) return;
      const kept = join(tmpdir(), `slip-${name}.png`);
      writeFileSync(kept, png);
      const place = relative(process.cwd(), stored);
      assert.fail(
        `${differ} dots differ, ${allowed} may: look at ${kept} beside ${place}. If the new one is right: cp ${kept} ${place}`,
      );
    });
  }
});

test('a picture comes back from its file as it was, and one dot more or less is seen', () => {
  const paper = {
    height: 40,
    items: [{ type: 'picture', y: 3, x: 8, widthBytes: 2, rows: 2, data: Uint8Array.of(0x80, 0x01, 0xff, 0x00) }],
  } as const;
  const nothing = () => undefined;
  const bitmap = dotsOf(paper, { regular: nothing, bold: nothing });
  assert.equal(blackDots(bitmap), 10);
  const again = fromPng(toPng(bitmap));
  assert.equal(differingDots(bitmap, again), 0);
  again.data[0] = 0x80;
  assert.equal(differingDots(bitmap, again), 1);
  assert.equal(differingDots(bitmap, { ...again, height: 39 }), Infinity);
  assert.throws(() => fromPng(Buffer.from('GIF89a…')), /not a PNG/);
});
