import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { sdtDllIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { idCardReaderSuite } from '@kiosk/device-drivers/suites/id-card-reader.suite.ts';
import { compile, noCompiler } from '../compiler.ts';
import { BRISK, simulatedReader } from '../id-reader/bench.ts';

const missing = noCompiler();

/** A reader that only our library reaches. */
async function reader() {
  const build = mkdtempSync(join(tmpdir(), 'sdt-library-'));
  const library = join(build, 'libsdtapi.so');
  compile(new URL('./sdtapi.c', import.meta.url), library, '-shared', '-fPIC');
  const simulated = await simulatedReader({ slowMs: BRISK.slowMs });
  const env = { SDT_PORT: simulated.port, CRASH_AT: join(build, 'crash'), HANG_AT: join(build, 'hang') };
  return {
    ...simulated,
    driver: sdtDllIdCardReader,
    port: '1001',
    options: { library, env, callWithin: 1_500, times: BRISK.times },
    misbehave: (how: 'crash' | 'hang') => writeFileSync(join(build, how), ''),
    behave: () => ['crash', 'hang'].forEach((how) => rmSync(join(build, how), { force: true })),
    async close() {
      await simulated.close();
      rmSync(build, { recursive: true });
    },
  };
}

if (missing) {
  test('ID card reader behind a library', { skip: missing }, () => {});
} else {
  idCardReaderSuite('ID card reader behind a library with the published entry points', reader, true);

  describe('a library that misbehaves harms nothing', { timeout: 60_000 }, () => {
    let bench: Awaited<ReturnType<typeof reader>>;
    const news = new EventEmitter();
    before(async () => void (bench = await reader()));
    after(() => bench.close());

    for (const how of ['crash', 'hang'] as const) {
      test(`a ${how} in the middle of a search: the driver opens a new one`, async (t) => {
        const created = sdtDllIdCardReader.create(
          { id: 'under-test', driver: 'sdt-dll', port: '1001', options: { ...bench.options, callWithin: 800 } },
          { clock: systemClock, log: () => {}, onStatus: () => news.emit('status'), onEvent: () => {} },
        );
        assert.ok(created.ok);
        const device = created.value;
        t.after(() => device.stop());
        const until = async (state: string) => {
          while (device.status().state !== state) await once(news, 'status');
        };
        device.start();
        await until('ready');
        bench.misbehave(how);
        const waiting = device.readIdCard({ signal: new AbortController().signal, onProgress: () => {} });
        // While the library misbehaves the reader comes and goes; nobody crashes, and who waits still does or is told.
        await once(news, 'status');
        bench.behave();
        const early = await Promise.race([waiting, until('ready').then(() => undefined)]);
        if (early) assert.equal(!early.ok && early.error.code, 'E1101');
        await until('ready');
        const laid = await bench.hands.layCard();
        const result = early
          ? await device.readIdCard({ signal: new AbortController().signal, onProgress: () => {} })
          : await waiting;
        assert.deepEqual(result, { ok: true, value: laid });
        await bench.hands.liftCard();
      });
    }

    test('a library that is not there, or is none', async (t) => {
      const created = sdtDllIdCardReader.create(
        { id: 'under-test', driver: 'sdt-dll', port: '1001', options: { library: '/nowhere/libsdtapi.so' } },
        { clock: systemClock, log: () => {}, onStatus: () => news.emit('status'), onEvent: () => {} },
      );
      assert.ok(created.ok);
      const device = created.value;
      t.after(() => device.stop());
      device.start();
      while (device.status().state !== 'offline') await once(news, 'status');
      assert.equal(device.status().code, 'E1101');
    });
  });

  test('a port that no such library has is refused, with what is allowed', () => {
    for (const port of ['0', '17', '1017', 'COM1']) {
      const created = sdtDllIdCardReader.create(
        { id: 'reader', driver: 'sdt-dll', port, options: { library: '/x' } },
        { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
      );
      assert.equal(!created.ok && created.error.code, 'E8101');
      assert.match((!created.ok && created.error.detail) || '', /1 to 16 .* 1001 to 1016/);
    }
  });
}
