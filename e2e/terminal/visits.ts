import { ITEMS } from '@kiosk/central-platform/catalogue/items.ts';
import type { Locator } from 'playwright-core';
import type { Terminal } from './terminal.ts';

// What people do at the screen, in as many taps as it takes.

/** The tile of an item, made visible: it stands on the menu, or under the tab of its group, or on a further page of it. */
export async function findTile(terminal: Terminal, id: string): Promise<Locator> {
  await terminal.on('menu');
  const tile = await terminal.find(`item-${id}`);
  // Who wants few choices sees the rest when asked for.
  const everything = await terminal.find('everything');
  const few = (await everything.isVisible()) && !(await (await terminal.find('tab-often')).isVisible());
  if (few && !(await tile.isVisible())) await terminal.tap('everything');
  if (!(await tile.isVisible())) await terminal.tap(`tab-${ITEMS.find((item) => item.id === id)?.group}`);
  while (!(await tile.isVisible())) await terminal.tap('next-page');
  return tile;
}

/** From the menu to an item. */
export async function openItem(terminal: Terminal, id: string): Promise<void> {
  await findTile(terminal, id);
  await terminal.tap(`item-${id}`);
}

/** One of several, on whichever page of them it stands. */
export async function choose(terminal: Terminal, id: string): Promise<void> {
  await terminal.on('choices');
  const option = await terminal.find(`choose-${id}`);
  const next = await terminal.find('next-page');
  while (!(await option.isVisible()) && (await next.isVisible())) {
    const page = await terminal.text('page');
    await terminal.tap('next-page');
    await terminal.until('the next page', async () => (await terminal.text('page')) !== page || undefined);
  }
  await terminal.tap(`choose-${id}`);
}

/** To the menu from wherever an item stands: home behind a result, back on the way to it. One touch, then one looks. */
export async function backToMenu(terminal: Terminal): Promise<void> {
  while ((await terminal.screen()) !== 'menu') {
    const before = await terminal.words();
    const [home, back] = [await terminal.find('home'), await terminal.find('back')];
    const way = await terminal.until('a way to the menu', async () => {
      if (await home.isVisible()) return 'home';
      return (await back.isVisible()) ? 'back' : undefined;
    });
    await terminal.tap(way);
    // Touched twice, the second one would meet what stands in the same place on the next screen.
    if (way === 'home') await terminal.on('menu');
    else await terminal.until('the screen before', async () => (await terminal.words()) !== before || undefined);
  }
}

/** Ends the visit from wherever it stands; there is a menu behind every result, and a goodbye behind the menu. */
export async function goAway(terminal: Terminal): Promise<void> {
  if ((await terminal.screen()) === 'attract') return;
  const end = await terminal.find('end');
  if (!(await end.isVisible())) {
    await terminal.tap('home');
    await terminal.on('menu', 'attract');
  }
  if ((await terminal.screen()) !== 'attract') await terminal.tap('end');
  await terminal.on('rate', 'goodbye', 'attract');
  // A touch shortens what comes now; one that comes too late has nothing to do.
  for (let looks = 0; looks < 3 && (await terminal.screen()) !== 'attract'; looks++)
    await end.click({ timeout: 1_000 }).catch(() => {});
  await terminal.on('attract');
}

/** Leaves a complaint, from a screen that offers it, and returns its request number. `phone`: typed for the reply. */
export async function complain(terminal: Terminal, phone?: string): Promise<string> {
  await terminal.tap('item-S01');
  await aboutStaff(terminal);
  if (phone !== undefined) {
    await terminal.tap('press-phone');
    await terminal.on('entry');
    await terminal.typeCode(phone);
    await terminal.tap('enter');
    await terminal.on('sheet');
  }
  await terminal.tap('press-submit');
  return requestNumber(terminal);
}

/** A complaint about the counter, without words of one's own, to the screen that shows it once more. */
export async function aboutStaff(terminal: Terminal): Promise<void> {
  await terminal.on('choices');
  await terminal.tap('choose-complaint');
  await terminal.tap('choose-staff');
  await terminal.on('entry');
  await terminal.tap('press-skip');
  await terminal.on('sheet');
}

export interface Appointment {
  readonly number: string;
  readonly branchId: string;
  readonly date: string;
  readonly half: string;
}

/** Asks for an appointment in Beihu on the first afternoon that is offered. */
export async function makeAppointment(terminal: Terminal): Promise<Appointment> {
  await terminal.tap('item-B08');
  await terminal.on('choices');
  await terminal.tap('choose-loan-visit');
  await terminal.on('requestSlot');
  await terminal.tap('branch-beihu');
  const page = await terminal.page();
  const slot = page.locator('[data-testid^="slot-"][data-testid$="-afternoon"]').first();
  const [, date, half] = /^slot-(.{10})-(\w+)$/.exec((await slot.getAttribute('data-testid')) ?? '')!;
  await slot.click();
  await terminal.on('sheet');
  await terminal.tap('press-submit');
  return { number: await requestNumber(terminal), branchId: 'beihu', date: date!, half: half! };
}

/** The number of the request that was just accepted. */
export async function requestNumber(terminal: Terminal): Promise<string> {
  await terminal.on('accepted');
  return withoutGaps(await terminal.text('request-number'));
}

/** From the menu to the moment at which the platform is asked for a statement over all months. */
export async function askForStatement(terminal: Terminal): Promise<void> {
  await terminal.tap('item-P01');
  await terminal.on('period');
  await terminal.tap('preset-all');
}

/** Tries again for as long as the screen offers it, as a patient person does, until this screen comes. */
export async function tryUntil(terminal: Terminal, screen: string): Promise<void> {
  while ((await terminal.on('failure', screen)) !== screen) {
    // The screen may change under the finger.
    await (await terminal.find('retry')).click({ timeout: 500 }).catch(() => undefined);
  }
}

/** The number of the statement that was just printed. */
export async function documentNumber(terminal: Terminal): Promise<string> {
  await terminal.on('printed');
  return withoutGaps(await terminal.text('document-number'));
}

/** From a result: finish, rate, and the first screen is there for the next person. */
export async function leave(terminal: Terminal): Promise<void> {
  await terminal.tap('finish');
  await terminal.on('rate');
  await terminal.tap('rate-satisfied');
  await terminal.on('attract');
}

export const withoutGaps = (text: string): string => text.replace(/\s/g, '');
