import type { Page } from 'playwright-core';
import { type Desk, goTo, settled } from './desk.ts';
import type { PLACES } from './places.ts';

/** Brings one of PLACES before the eyes; false: its list is empty and has nothing to open. */
export async function openPlace(desk: Desk, page: Page, { place, first }: (typeof PLACES)[number]): Promise<boolean> {
  await goTo(desk, page, place);
  if (first !== true) return true;
  const row = page.locator('tr[data-row]').first();
  if ((await row.count()) === 0) return false;
  await row.click();
  await page.getByTestId('inspector').waitFor();
  await settled(page);
  return true;
}
