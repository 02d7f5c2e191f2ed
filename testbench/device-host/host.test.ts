import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, after, before, describe, test } from 'node:test';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { type RunningSimulator, spawnSimulator } from '../simulators/process.ts';
import { DeviceHostUnderTest } from './terminal.ts';

const PERSON = syntheticPerson('rare-character', '2026-11-21');
const SLIP = { number: 'S-1', blocks: [{ type: 'text' as const, text: '回执 Slip' }, { type: 'rule' as const }] };
/** As many pages as a printer counts; nobody looks at them here. */
const PDF = Buffer.from(`%PDF-1.4\n${'<< /Type /Page >>\n'.repeat(3)}%%EOF\n`).toString('base64');

const simulator = (name: string, options: unknown) =>
  spawnSimulator(new URL(`../simulators/${name}/main.ts`, import.meta.url), options);

describe('device-host with its devices', { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'devices-'));
  let idReader: RunningSimulator;
  let slipPrinter: RunningSimulator;
  let documentPrinter: RunningSimulator;
  let devices: readonly DeviceConfig[];

  before(async () => {
    [idReader, slipPrinter, documentPrinter] = await Promise.all([
      simulator('id-reader', { dir }),
      simulator('slip-printer', { dir }),
      simulator('document-printer', { dir, millisecondsPerPage: 300 }),
    ]);
    const device = (id: string, driver: string, running: RunningSimulator) => ({
      id,
      driver,
      port: String(running.ready['port']),
      options: {},
    });
    devices = [
      device('id-reader', 'sdt-serial', idReader),
      device('slip-printer', 'escpos', slipPrinter),
      device('a4-printer', 'ipp', documentPrinter),
    ];
  });

  after(async () => {
    await Promise.all([idReader, slipPrinter, documentPrinter].map((running) => running.stop()));
    rmSync(dir, { recursive: true });
  });

  async function started(t: TestContext): Promise<DeviceHostUnderTest> {
    const host = new DeviceHostUnderTest();
    t.after(() => host.close());
    host.start(devices);
    await host.allReady();
    return host;
  }

  const slips = async () => ((await slipPrinter.call('slips')) as unknown[]).length;
  const jobs = async () => (await documentPrinter.call('jobs')) as { state: string; printed: number }[];

  test('a card is read, its lifting is told, and the log says nothing of the person', async (t) => {
    const host = await started(t);
    const reading = host.client.call('readIdCard', {});
    await idReader.call('layCard', { person: PERSON });
    const card = await reading;
    assert.equal(card.ok && card.value.name, PERSON.name);
    const lifted = new Promise((resolve) => host.client.on('cardLifted', resolve));
    await idReader.call('liftCard');
    assert.partialDeepStrictEqual(await lifted, { deviceId: 'id-reader' });
    const { devices: now } = await host.until(({ devices: d }) => d[0]?.counters['cardsRead'] === 1);
    assert.equal(now[0]?.kind, 'idCardReader');
    assert.equal(await host.end(), 0, host.log);
    for (const word of [PERSON.name, PERSON.idNumber, PERSON.address]) {
      assert.equal(host.log.includes(word), false, 'personal data in the log of the device-host');
    }
  });

  test('a session that died while it waited for a card does not keep the reader from the next one', async (t) => {
    const host = await started(t);
    const first = new AbortController();
    const dying = host.client.call('readIdCard', {}, { signal: first.signal });
    const next = host.client.call('readIdCard', {});
    first.abort();
    assert.equal((await dying).ok, false);
    await idReader.call('layCard', { person: PERSON });
    t.after(() => idReader.call('liftCard'));
    assert.ok((await next).ok);
  });

  test('a reader is tested while a card is waited for', async (t) => {
    const host = await started(t);
    const waiting = new AbortController();
    const reading = host.client.call('readIdCard', {}, { signal: waiting.signal });
    for (const { id } of devices) {
      const result = await host.client.call('selfTest', { deviceId: id });
      assert.ok(result.ok && result.value.passed, JSON.stringify(result));
    }
    waiting.abort();
    await reading;
  });

  test('the same operation asked for twice comes out once', async (t) => {
    const host = await started(t);
    const before = await slips();
    const print = () => host.client.call('printSlip', { operationId: 'operation-twice', slip: SLIP });
    const both = await Promise.all([print(), print()]);
    assert.deepEqual(
      both.map((result) => result.ok && result.value.outcome),
      ['done', 'done'],
    );
    assert.equal(await slips(), before + 1);
  });

  test('a printer without paper refuses, and the same operation is printed when there is paper again', async (t) => {
    const host = await started(t);
    await slipPrinter.call('fault', { kind: 'paperEnd' });
    const input = { operationId: 'operation-no-paper', slip: SLIP };
    const refused = await host.client.call('printSlip', input);
    assert.equal(!refused.ok && refused.error.code, 'E4202');
    const found = await host.client.call('findOperation', { operationId: input.operationId });
    assert.equal(found.ok && found.value.state, 'never');
    await slipPrinter.call('clearFaults');
    await host.allReady();
    const printed = await host.client.call('printSlip', input);
    assert.equal(printed.ok && printed.value.outcome, 'done');
  });

  /** Paper with this text, also when it hangs uncut out of the slot. */
  async function timesOnPaper(text: string): Promise<number> {
    const cut = (await slipPrinter.call('slips')) as { text: string }[];
    const uncut = (await slipPrinter.call('uncut')) as { text: string };
    return [...cut, uncut].reduce((sum, paper) => sum + paper.text.split(text).length - 1, 0);
  }

  for (const moment of ['asked', 'busy', 'moving'] as const) {
    test(`killed when a slip was just ${moment}: never a second slip`, async (t) => {
      const host = await started(t);
      await slipPrinter.call('fault', { kind: 'slow', msPerLine: 300 });
      const mark = `killed-${moment}`;
      const input = {
        operationId: `operation-${moment}`,
        slip: { ...SLIP, blocks: [{ type: 'text' as const, text: mark }] },
      };
      const print = host.client.call('printSlip', input);
      if (moment === 'busy') await host.until(({ devices: d }) => d[1]?.state === 'busy');
      if (moment === 'moving') while ((await timesOnPaper(mark)) === 0);
      await host.end('SIGKILL');
      const lost = await print;
      assert.equal(!lost.ok && lost.error.code, 'E9003');
      await slipPrinter.call('clearFaults');

      host.start(devices);
      await host.allReady();
      const found = await host.client.call('findOperation', { operationId: input.operationId });
      assert.ok(found.ok);
      const { state } = found.value;
      if (moment === 'moving') assert.equal(state, 'unknown');
      const again = await host.client.call('printSlip', input);
      assert.equal(again.ok && again.value.outcome, state === 'never' ? 'done' : 'unknown');
      // Something behind it in the printer: whatever was still in its buffer is on paper now.
      const other = await host.client.call('printSlip', { operationId: `operation-after-${moment}`, slip: SLIP });
      assert.equal(other.ok && other.value.outcome, 'done');
      assert.ok((await timesOnPaper(mark)) <= 1, `"${mark}" is on paper twice; the ledger said ${state}`);
    });
  }

  test('killed while a document is printed: the printer is asked, and its word counts', async (t) => {
    const host = await started(t);
    const before = (await jobs()).length;
    const page = new Promise<void>((resolve) => documentPrinter.on('page', () => resolve()));
    const input = { operationId: 'operation-document', jobName: 'statement', pages: 3, pdfBase64: PDF };
    const print = host.client.call('printDocument', input);
    await page;
    await host.end('SIGKILL');
    await print;

    host.start(devices);
    await host.allReady();
    const found = await host.client.call('findOperation', { operationId: input.operationId });
    assert.deepEqual(found.ok && found.value, { operationId: input.operationId, state: 'done', printed: 3, sheets: 3 });
    const again = await host.client.call('printDocument', input);
    assert.deepEqual(again.ok && again.value, { outcome: 'done', printed: 3, sheets: 3 });
    assert.equal((await jobs()).length, before + 1, 'the document was sent a second time');
  });

  test('counters go on after a restart', async (t) => {
    const host = await started(t);
    const printed = await host.client.call('printSlip', { operationId: 'operation-count', slip: SLIP });
    assert.equal(printed.ok && printed.value.outcome, 'done', JSON.stringify(printed));
    await host.until(({ devices: d }) => d[1]?.counters['slips'] === 1);
    await host.end();
    host.start(devices);
    const { devices: later } = await host.allReady();
    assert.equal(later[1]?.counters['slips'], 1);
  });
});

for (const [what, device, detail] of [
  [
    'names no known driver',
    { driver: 'no-such-driver' },
    /^devices\.0\.driver: "no-such-driver" is no driver; allowed: .*ipp/,
  ],
  [
    'sets a speed that no reader has',
    { options: { baudRate: 1200 } },
    /baudRate: 1200 is not allowed; allowed: 115200, /,
  ],
  ['has an option nobody knows', { options: { baud: 9600 } }, /options\.baud: no such field; allowed: .*baudRate/],
  ['gives a device no proper name', { id: 'ID Reader' }, /^devices\.0\.id: "ID Reader" is not allowed; /],
] as const) {
  test(`a configuration that ${what} ends the program with its code, the field and what is allowed`, async (t) => {
    const host = new DeviceHostUnderTest();
    t.after(() => host.close());
    host.start([{ id: 'id-reader', driver: 'sdt-serial', port: '/dev/null', options: {}, ...device }]);
    assert.equal(await host.exited(), 78);
    const [line] = host.log.trim().split('\n');
    const said = JSON.parse(line ?? '{}') as { code?: string; detail?: string };
    assert.equal(said.code, 'E8101', host.log);
    assert.match(said.detail ?? '', detail);
  });
}

test('devices that are not there are offline, and the program serves all the same', async (t) => {
  const host = new DeviceHostUnderTest();
  t.after(() => host.close());
  const missing = join(host.dir, 'no-such-port');
  host.start([{ id: 'id-reader', driver: 'sdt-serial', port: missing, options: {} }]);
  const { devices } = await host.until((snapshot) => snapshot.devices[0]?.state === 'offline');
  assert.equal(devices[0]?.code, 'E1101');
  const refused = await host.client.call('readIdCard', {});
  assert.equal(!refused.ok && refused.error.code, 'E1101');
  const nobody = await host.client.call('printSlip', { operationId: 'operation-nobody', slip: SLIP });
  assert.equal(!nobody.ok && nobody.error.code, 'E4201');
});
