import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { NOW, SAMPLES, VARIANTS, viewOf } from '../fixtures.ts';
import type { Gallery } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';
import { sweep } from '../sweep.ts';

/** Latin words a Chinese screen may show: codes, numbers, the letters typed for a city, names of programs and protocols, and data of the fixtures. */
const LATIN =
  /^(English|A4|E\d{4}|YTJ|D3801|[A-Z]\d{2}|K|K74Q|ms|s|DNS|TCP|TLS|HTTP|kiosk-app|device-host|sync-agent|io-board-modbus|yun|H7KM|PQZ|K7QM|F9X|[a-z])$/i;
/** Chinese an English screen may show: the name of the language, names of people and employers, the centre's own summaries. */
const HAN =
  /^(中文|张|沈|李|阿|江州|科技有限公司|汇缴|部分提取|租房|值班一|正常还款|教育局|\p{Script=Han}{2}市住房公积金管理中心|江州银行|元)$/u;

let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

/** Every mode by itself where most machines stand; elsewhere the plainest and the one that takes the most room. */
const inShort = (name: string): boolean => /^zh-.*-upright$|-(standard|all)-/.test(name);

/** `whole`: every mode in both languages and orientations, for `npm run test:long`. */
export function suite(whole = false): void {
  for (const part of ['zh-upright', 'zh-wide', 'en-upright', 'en-wide']) {
    const [language = '', size = ''] = part.split('-');
    const variants = VARIANTS.filter(
      ({ name }) => name.startsWith(language) && name.endsWith(size) && (whole || inShort(name)),
    );
    test(`every screen fits, can be pressed and can be read in every mode: ${part}`, async () => {
      const opened = await gallery.open(variants[0]!, NOW);
      const faults: string[] = [];
      for (const variant of variants) {
        const found = await sweep(
          opened,
          SAMPLES.map((sample) => viewOf(sample, variant)),
        );
        for (const [at, { faults: own, text }] of found.entries()) {
          const where = `${variant.name} ${SAMPLES[at]!.name}`;
          faults.push(...own.map((fault) => `${where}: ${fault}`));
          const strange =
            variant.frame.language === 'en'
              ? (text.match(/\p{Script=Han}+/gu) ?? []).filter((word) => !HAN.test(word))
              : (text.match(/[A-Za-z][\w-]*/g) ?? []).filter((word) => !LATIN.test(word));
          faults.push(...strange.map((word) => `${where}: "${word}" is not in the language of the screen`));
        }
      }
      await opened.page.close();
      const most = 60;
      assert.deepEqual(
        faults.slice(0, most),
        [],
        `${faults.length} in all; look: node kiosk-app/renderer/gallery/shoot.ts`,
      );
    });
  }
}
