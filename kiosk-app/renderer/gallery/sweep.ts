import type { View } from '@kiosk/contract/screen/view.ts';
import type { GalleryPage } from './gallery.ts';
import { LIMITS, type Measured, measure } from './measure.ts';

/** Shows one view after the other and measures each, without a word between page and test: a thousand views in seconds. */
export async function sweep({ page }: GalleryPage, views: readonly View[]): Promise<Measured[]> {
  return page.evaluate(
    async ({ views: all, limits, code }) => {
      // The function comes as its text: what runs in the page was not built with it.
      const look = (0, eval)(`(${code})`) as (limits: object) => Measured;
      const { listener } = (window as unknown as { gallery: { listener(view: unknown): void } }).gallery;
      await document.fonts.ready;
      const found: Measured[] = [];
      for (const view of all) {
        listener(view);
        // Once for the view, once more for what it fits into pages.
        for (let turn = 0; turn < 3; turn++) await new Promise((done) => setTimeout(done));
        await document.fonts.ready;
        found.push(look(limits));
      }
      return found;
    },
    { views, limits: LIMITS, code: measure.toString() },
  );
}
