import type { Terminal } from '@kiosk/e2e/terminal/terminal.ts';
import { backToMenu, choose, goAway, openItem } from '@kiosk/e2e/terminal/visits.ts';
import { en } from '@kiosk/kiosk-app/renderer/texts/en.ts';
import { zh } from '@kiosk/kiosk-app/renderer/texts/zh.ts';

type Language = 'zh' | 'en';
type Keep = (name: string, picture: Buffer) => Promise<void>;

const TEXTS = { zh, en };
/** Keys whose sign would not do as a name. */
const KEY_NAMES: Readonly<Record<string, string>> = { '-': 'dash', '.': 'dot', ' ': 'space' };
/** Holding the mark asks for the technician's sign-in after five seconds. */
const HOLD_MS = 5_500;

/** Walks through the terminal in one language and keeps a picture of each screen. */
export async function tour(terminal: Terminal, language: Language, keep: Keep): Promise<void> {
  const walk = new Walk(terminal, language, keep);
  await walk.statement();
  await walk.services();
  await walk.paperOut();
  await walk.lineDown();
  await walk.technician();
  await walk.largeText();
  await walk.otherModes();
}

class Walk {
  readonly #terminal: Terminal;
  readonly #language: Language;
  readonly #keep: Keep;

  constructor(terminal: Terminal, language: Language, keep: Keep) {
    this.#terminal = terminal;
    this.#language = language;
    this.#keep = keep;
  }

  async statement(): Promise<void> {
    const t = this.#terminal;
    await this.#begin();
    await this.#shoot('attract');
    await t.layCard('ordinary');
    await t.on('enterCode');
    const code = await t.smsCode('ordinary');
    await t.typeCode(code.slice(0, 4));
    await this.#shoot('code');
    await t.typeCode(code.slice(4));
    await t.on('menu');
    await this.#shoot('menu');
    await t.tap('item-Q01');
    await t.on('account');
    await this.#shoot('account');
    await t.tap('see-details');
    if ((await t.on('period', 'details')) === 'period') await t.tap('preset-last12');
    await t.on('details');
    await this.#shoot('details');
    await t.tap('end');
    await t.on('goodbye');
    await this.#attract();

    await this.#begin();
    await t.identify('rare-character');
    await t.tap('item-P01');
    await t.on('period');
    await this.#shoot('period');
    await t.tap('preset-all');
    await t.on('printing');
    await t.until('the first page', async () => ((await this.#pagesOut()) > 0 ? true : undefined));
    await this.#shoot('printing');
    await t.on('printed');
    await t.until('the slip', async () => ((await this.#slipOut()) ? true : undefined));
    await this.#shoot('printed');
    await t.tap('finish');
    await t.on('rate');
    await this.#shoot('rate');
    await t.tap('rate-satisfied');
    await t.on('goodbye');
    await this.#shoot('goodbye');
    await this.#attract();
  }

  /** A few of the thirty: what is under a tab, a loan, what was repaid, what may be withdrawn and why. */
  async services(): Promise<void> {
    const t = this.#terminal;
    await this.#begin();
    await t.identify('ordinary');
    await t.tap('tab-print');
    await this.#shoot('menu-print');
    await openItem(t, 'Q04');
    await t.on('sheet');
    await this.#shoot('loan');
    await backToMenu(t);
    await openItem(t, 'Q07');
    await choose(t, '07');
    await t.on('entry');
    await t.tap('enter');
    await t.on('sheet');
    await this.#shoot('withdrawable');
    await backToMenu(t);
    await openItem(t, 'Q05');
    await t.on('sheet');
    await this.#shoot('repayments');
    await backToMenu(t);
    await goAway(t);
    await this.#attract();
  }

  async paperOut(): Promise<void> {
    const t = this.#terminal;
    await this.#begin();
    await t.identify('middle-dot');
    await t.tap('item-P01');
    await t.on('period');
    await t.bench.setFault('documentPrinter', 'paperEmpty', true);
    await t.tap('preset-last12');
    await t.on('failure', 'menu');
    await this.#shoot('failure-paper-out');
    await t.tap('end');
    await t.on('goodbye');
    await this.#attract();
    await t.bench.setFault('documentPrinter', 'paperEmpty', false);
  }

  async lineDown(): Promise<void> {
    const t = this.#terminal;
    await t.link('cut');
    await this.#begin();
    await t.layCard('two-accounts');
    await t.on('menu');
    await t.until('the menu to know', async () => ((await this.#isClosed('item-Q01')) ? true : undefined));
    await this.#shoot('offline-menu');
    await t.tap('item-B08');
    await t.on('choices');
    await (await t.page()).locator('[data-testid^=choose-]').first().click();
    await t.on('requestSlot');
    await this.#shoot('offline-slot');
    await (await t.page()).locator('[data-testid^=slot-]:enabled').nth(2).click();
    await t.on('sheet');
    await t.tap('press-submit');
    await t.on('accepted');
    await t.until('the slip', async () => ((await this.#slipOut()) ? true : undefined));
    await this.#shoot('offline-accepted');
    await t.tap('finish');
    await t.on('rate');
    await t.tap('rate-satisfied');
    await t.on('goodbye');
    await this.#attract();
    await t.link('up');
    await t.until('an empty queue', async () => ((await t.pending()) === 0 ? true : undefined));
  }

  async technician(): Promise<void> {
    const t = this.#terminal;
    const { name, secret } = t.stack.technician;
    await this.#begin();
    const page = await t.page();
    await (await t.find('brand-mark')).hover();
    await page.mouse.down();
    await page.waitForTimeout(HOLD_MS);
    await page.mouse.up();
    await t.on('technicianSignIn');
    for (const key of name) await t.tap(`key-${key}`);
    await t.tap('field-secret');
    for (const key of secret) await t.tap(`key-${KEY_NAMES[key] ?? key}`);
    await this.#shoot('technician-sign-in');
    await t.tap('sign-in');
    await t.on('technician');
    await this.#shoot('technician');
    await t.tap('end');
    await t.on('goodbye');
    await this.#attract();
  }

  async largeText(): Promise<void> {
    const t = this.#terminal;
    await this.#begin();
    await t.tap('text-size');
    const page = await t.page();
    await page.waitForFunction(() => document.documentElement.dataset['text'] === 'large');
    await this.#shoot('large-attract');
    await t.identify('card-without-end');
    await this.#shoot('large-menu');
    await t.tap('item-Q01');
    await t.on('account');
    await this.#shoot('large-account');
    await t.tap('back');
    await t.on('menu');
    await t.tap('end');
    await t.on('goodbye');
    await this.#attract();
  }

  /** How somebody sets the screen for themselves, and what comes of it. */
  async otherModes(): Promise<void> {
    const t = this.#terminal;
    await this.#begin();
    await t.identify('ordinary');
    await t.tap('modes');
    await t.tap('contrast-high');
    await this.#shoot('modes');
    await t.tap('modes-done');
    await this.#shoot('contrast-menu');
    await t.tap('modes');
    await t.tap('contrast-normal');
    await t.tap('reach-low');
    await t.tap('modes-done');
    await this.#shoot('low-menu');
    await t.tap('end');
    await t.on('goodbye');
    await this.#attract();
  }

  async #begin(): Promise<void> {
    const page = await this.#terminal.page();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await this.#attract();
    const shown = async () => page.evaluate(() => document.documentElement.lang);
    if (!(await shown()).startsWith(this.#language)) {
      await this.#terminal.tap('language');
      await this.#terminal.until('the language', async () => (await shown()).startsWith(this.#language) || undefined);
    }
  }

  /** A finished session says goodbye first; the card goes back to its owner. */
  async #attract(): Promise<void> {
    const t = this.#terminal;
    await t.liftCard();
    if ((await t.on('attract', 'goodbye')) === 'goodbye') await t.tap('end');
    await t.on('attract');
  }

  async #shoot(name: string): Promise<void> {
    const page = await this.#terminal.page();
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.#keep(name, await page.screenshot({ animations: 'disabled' }));
  }

  async #pagesOut(): Promise<number> {
    return (await this.#terminal.bench.state()).jobs.at(-1)?.printed ?? 0;
  }

  async #slipOut(): Promise<boolean> {
    return (await this.#terminal.words()).includes(TEXTS[this.#language].slip.printed);
  }

  async #isClosed(testid: string): Promise<boolean> {
    return (await this.#terminal.find(testid)).evaluate((tile) => (tile as HTMLButtonElement).disabled);
  }
}
