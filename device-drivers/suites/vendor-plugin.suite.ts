import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type Picture, type VendorCapabilities, vendorCapabilities } from '../plugin/capabilities.ts';
import { type Plugin, type PluginSettings, can, createPlugin } from '../plugin/host.ts';
import type { Capability } from '../plugin/messages.ts';

/** What every vendor plug-in must do. Runs on the reference plug-in, and on a vendor's when a variable names it. */
export function vendorPluginSuite(name: string, open: () => Promise<PluginSettings & { close?: () => void }>): void {
  describe(name, { timeout: 60_000 }, () => {
    let settings: PluginSettings & { close?: () => void };
    let plugin: Plugin;
    let vendor: VendorCapabilities;
    let offers: (capability: Capability) => boolean;
    const said: string[] = [];

    const wlt = Uint8Array.from({ length: 1024 }, (_, i) => (i * 7) & 0xff);
    const template = Uint8Array.from({ length: 512 }, (_, i) => (i * 11) & 0xff);
    const picture = (shade: number): Picture => ({ width: 8, height: 8, rgb: new Uint8Array(8 * 8 * 3).fill(shade) });

    before(async () => {
      settings = await open();
      plugin = createPlugin(settings, { clock: systemClock, log: (...line) => void said.push(JSON.stringify(line)) });
      vendor = vendorCapabilities(plugin);
      const hello = await plugin.hello();
      assert.ok(hello.ok, JSON.stringify(hello));
      offers = (capability) => can(hello.value, capability);
    });
    after(async () => {
      await plugin.stop();
      settings.close?.();
    });

    test('the same photo block gives the same picture of 102 by 126', async (t) => {
      if (!offers('photo')) return t.skip('the plug-in decodes no photos');
      const [first, second] = [await vendor.decodePhoto(wlt), await vendor.decodePhoto(wlt)];
      assert.ok(first.ok, JSON.stringify(first));
      assert.deepEqual([first.value.width, first.value.height, first.value.rgb.length], [102, 126, 38_556]);
      assert.deepEqual(second, first);
      return undefined;
    });

    test('a block of the wrong length is refused, and the next call is answered', async (t) => {
      if (!offers('photo')) return t.skip('the plug-in decodes no photos');
      const refused = await vendor.decodePhoto(wlt.subarray(1));
      assert.equal(!refused.ok && refused.error.code, 'E1701');
      assert.ok((await vendor.decodePhoto(wlt)).ok);
      return undefined;
    });

    test('a face is more like itself than like another', async (t) => {
      if (!offers('face')) return t.skip('the plug-in compares no faces');
      const same = await vendor.compareFaces(picture(90), picture(90));
      const other = await vendor.compareFaces(picture(90), picture(200));
      assert.ok(same.ok && other.ok && same.value > other.value);
      return undefined;
    });

    test('whoever stands before the camera is a picture', async (t) => {
      if (!offers('camera')) return t.skip('the plug-in has no camera');
      const live = await vendor.captureFace();
      assert.ok(live.ok && live.value.rgb.length === live.value.width * live.value.height * 3);
      return undefined;
    });

    test('a finger is more like itself than like another', async (t) => {
      if (!offers('fingerprint')) return t.skip('the plug-in compares no fingerprints');
      const same = await vendor.compareFingerprints(template, template);
      const other = await vendor.compareFingerprints(template, template.toReversed());
      assert.ok(same.ok && other.ok && same.value > other.value);
      return undefined;
    });

    test('calls made at once are answered one after the other, each with its own answer', async (t) => {
      if (!offers('fingerprint')) return t.skip('the plug-in compares no fingerprints');
      const pairs = [template, template.toReversed(), template.toSorted()];
      const alone = [];
      for (const live of pairs) alone.push(await vendor.compareFingerprints(template, live));
      const together = await Promise.all(pairs.map((live) => vendor.compareFingerprints(template, live)));
      assert.deepEqual(together, alone);
      return undefined;
    });

    test('a method that nobody knows is refused, and the plug-in lives on', async () => {
      const refused = await plugin.call('paintTheHall', {});
      assert.equal(!refused.ok && refused.error.code, 'E1701');
      assert.ok((await plugin.hello()).ok);
    });

    test('who gives up is told so at once, and the next call is answered', async () => {
      const controller = new AbortController();
      controller.abort('E9002');
      const ended = await plugin.call('decodePhoto', {}, { signal: controller.signal });
      assert.equal(!ended.ok && ended.error.code, 'E9002');
      assert.ok((await plugin.hello()).ok);
    });

    test('no bytes of a person are logged', () => {
      const all = said.join('\n');
      assert.equal(all.includes(Buffer.from(wlt).toString('base64').slice(0, 40)), false);
      assert.equal(all.includes(Buffer.from(template).toString('base64').slice(0, 40)), false);
    });
  });
}
