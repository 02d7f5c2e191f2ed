import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { vendorCapabilities } from '@kiosk/device-drivers/plugin/capabilities.ts';
import { type Plugin, createPlugin } from '@kiosk/device-drivers/plugin/host.ts';
import {
  PLUGIN_FAULTS,
  PLUGIN_MATRIX,
  PLUGIN_STEPS,
  type PluginFault,
  type PluginStep,
} from '@kiosk/device-drivers/suites/vendor-plugin.matrix.ts';

const WLT = new Uint8Array(1024);

describe('a vendor plug-in that fails is ordinary', { timeout: 120_000 }, () => {
  for (const step of Object.keys(PLUGIN_STEPS) as PluginStep[]) {
    for (const fault of Object.keys(PLUGIN_FAULTS) as PluginFault[]) {
      const cell = PLUGIN_MATRIX[step][fault];
      if ('notApplicable' in cell) continue;
      test(`${PLUGIN_STEPS[step]}: ${PLUGIN_FAULTS[fault]}`, async (t) => {
        const { plugin, ends, starts } = misbehaving(t, step, fault);
        const vendor = vendorCapabilities(plugin);
        let first = await vendor.decodePhoto(WLT);
        // What nobody asked for comes beside a right answer; it is the next call, or nobody, that notices.
        if (fault === 'chatter' && first.ok) {
          await ends();
          first = await vendor.decodePhoto(WLT);
        }
        assert.equal(!first.ok && first.error.code, 'E1701');
        let next = await vendor.decodePhoto(WLT);
        while (!next.ok) {
          assert.match(next.error.detail ?? '', /rests after a failure/, 'failed for another reason than its pause');
          await new Promise<void>((resolve) => systemClock.after(5, resolve));
          next = await vendor.decodePhoto(WLT);
        }
        assert.equal(starts(), cell.then === 'kept' ? 1 : 2, 'processes started');
      });
    }
  }

  test('one that never works rests ever longer, and is not started meanwhile', async (t) => {
    const plugin = createPlugin(
      { name: 'missing', command: '/nowhere/plugin', backOffFirst: 60_000 },
      { clock: systemClock, log: () => {} },
    );
    t.after(() => plugin.stop());
    const first = await plugin.hello();
    assert.match((!first.ok && first.error.detail) || '', /cannot be started/);
    const second = await plugin.hello();
    assert.match((!second.ok && second.error.detail) || '', /rests/);
  });

  test('who gives up while it hangs is told at once', async (t) => {
    const { plugin } = misbehaving(t, 'answer', 'hang', 60_000);
    assert.ok((await plugin.hello()).ok);
    const controller = new AbortController();
    const waiting = plugin.call('decodePhoto', { wlt: '' }, { signal: controller.signal });
    controller.abort('E9001');
    const ended = await waiting;
    assert.equal(!ended.ok && ended.error.code, 'E9001');
  });
});

function misbehaving(t: { after(fn: () => unknown): void }, step: PluginStep, fault: PluginFault, within = 10_000) {
  const dir = mkdtempSync(join(tmpdir(), 'vendor-plugin-'));
  const news = new EventEmitter();
  let ended = 0;
  const hangs = fault === 'hang' || fault === 'slow';
  const plugin: Plugin = createPlugin(
    {
      name: 'misbehaving',
      command: process.execPath,
      args: [fileURLToPath(new URL('./misbehaving.ts', import.meta.url)), step, fault, join(dir, 'done')],
      // Starting Node takes a while on a busy machine; one that hangs on purpose is not waited for that long.
      helloWithin: hangs && step === 'hello' ? 2_000 : within,
      answerWithin: hangs && within < 60_000 ? 800 : within,
      backOffFirst: 20,
      backOffMost: 20,
    },
    { clock: systemClock, log: () => {}, onEnd: () => (ended++, void news.emit('end')) },
  );
  t.after(async () => {
    await plugin.stop();
    rmSync(dir, { recursive: true });
  });
  return {
    plugin,
    ends: async () => void (ended > 0 || (await once(news, 'end'))),
    starts: () => ended + 1,
  };
}
