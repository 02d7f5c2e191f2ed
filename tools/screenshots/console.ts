import { buildPages, goTo, openDesk } from '@kiosk/central-platform/management/web/gallery/desk.ts';
import type { Studio } from './studio.ts';

/** The staff's page over the invented city, with the terminals that need somebody first. */
export async function photographConsole(studio: Studio): Promise<void> {
  const pages = await buildPages();
  const desk = await openDesk({ pagesDir: pages.dir });
  try {
    for (const language of ['zh', 'en'] as const) {
      const page = await desk.sit('wang.min', { language });
      await goTo(desk, page, 'fleet');
      await studio.keep(`console-${language}`, await page.screenshot(), 1200);
      await page.context().close();
    }
  } finally {
    await desk.close();
    await pages.remove();
  }
}
