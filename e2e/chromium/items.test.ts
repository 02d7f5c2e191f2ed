import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ServiceItem } from '@kiosk/contract/platform/api.ts';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import { Terminal } from '../terminal/terminal.ts';
import { backToMenu, choose, findTile, goAway, openItem, requestNumber } from '../terminal/visits.ts';

/** An item every visit ends with; it has no tile. */
const AT_THE_END = 'S02';
/** Not the beginning of anything. */
const BEFORE_AN_ITEM = ['attract', 'menu', 'working', 'nothing', 'readingCard', 'enterCode'];

describe('every item the platform publishes is opened, online and without the line', () => {
  let terminal: Terminal;
  let items: readonly ServiceItem[];

  before(async () => {
    terminal = await Terminal.start('chromium', 'every item of the catalogue');
    await terminal.online();
    items = await terminal.until('the catalogue', async () => {
      const published = (await terminal.agent()).snapshot?.catalogue?.items.filter(({ state }) => state === 'open');
      return published && published.length > 0 ? published : undefined;
    });
  });
  after(() => terminal.stop());

  const known = () => items.filter(({ id }) => id !== AT_THE_END);

  /** Opens the item and waits for what it begins with; says what is wrong with that, or nothing. */
  async function opened({ id, name }: ServiceItem): Promise<string | undefined> {
    try {
      await openItem(terminal, id);
    } catch {
      return `${id} ${name.zh}: no tile that can be touched`;
    }
    const screen = await terminal
      .until('another screen', async () => {
        const now = await terminal.screen();
        return BEFORE_AN_ITEM.includes(now) ? undefined : now;
      })
      .catch(() => 'nothing new');
    const words = (await terminal.words()).replaceAll('\n', ' | ');
    const bad = screen === 'failure' || screen === 'nothing new' || screen === 'outOfService';
    // Who stands there has proven enough: being asked for more means that the item was not reached.
    return bad || words.includes('请选一种方式') ? `${id} ${name.zh}: ${screen}: ${words}` : undefined;
  }

  it('online, by somebody with a card and a phone: none lacks its journey or its route', async () => {
    assert.ok(items.length >= 30, `only ${items.length} items are open`);
    await terminal.identify('ordinary');
    const wrong: string[] = [];
    for (const item of known()) {
      const found = await opened(item);
      if (found) wrong.push(found);
      await backToMenu(terminal);
    }
    await goAway(terminal);
    await terminal.liftCard();
    assert.deepEqual(wrong, []);
  });

  it('without a card: what needs none begins on the first screen', async () => {
    const wrong: string[] = [];
    for (const item of known().filter(({ level }) => level === 'L0')) {
      await terminal.on('attract');
      await terminal.tap(`item-${item.id}`);
      const screen = await terminal.until('another screen', async () => {
        const now = await terminal.screen();
        return BEFORE_AN_ITEM.includes(now) ? undefined : now;
      });
      if (screen === 'failure') wrong.push(`${item.id}: ${await terminal.words()}`);
      const back = await terminal.find('back');
      if (await back.isVisible()) await back.click();
      else await goAway(terminal);
    }
    assert.deepEqual(wrong, []);
  });

  it('the line is cut: what waits, is kept or is worked out here begins; the rest is closed and says why', async () => {
    await terminal.link('cut');
    await terminal.until('the line to be down', async () =>
      (await terminal.words()).includes('线路中断') ? true : undefined,
    );
    await terminal.layCard('ordinary');
    await terminal.on('menu');
    const wrong: string[] = [];
    for (const item of known()) {
      if (item.offline === 'no') {
        if ((await closedWords(item.id)) === undefined) wrong.push(`${item.id} is open without the platform`);
        continue;
      }
      const found = await opened(item);
      if (found) wrong.push(found);
      await backToMenu(terminal);
    }
    assert.deepEqual(wrong, []);
  });

  /** What a closed tile says; undefined: it is open. */
  async function closedWords(id: string): Promise<string | undefined> {
    const tile = await findTile(terminal, id);
    if (await tile.isEnabled()) return undefined;
    const words = await tile.innerText();
    return words.includes(explain('E3101').depositor.zh) ? words : undefined;
  }

  it('a rent withdrawal without the line is taken as a request, and is said to be one', async () => {
    await openItem(terminal, 'B04');
    for (let screens = 0; screens < 8 && (await terminal.screen()) !== 'accepted'; screens++) await oneStep();
    const number = await requestNumber(terminal);
    const words = await terminal.words();
    assert.match(
      words,
      /身份只在本机核对了一步/,
      `the screen does not say that the identity is not complete:\n${words}`,
    );
    assert.match(words, /现在还没有办成/, `the screen does not say that nothing is decided:\n${words}`);
    const [entry] = terminal.journal.all('request.submitted').filter((one) => one.requestNumber === number);
    assert.ok(entry, 'the request is not in the journal');
    await goAway(terminal);
    await terminal.link('up');
  });

  /** Answers whatever the item asks for, in the simplest way. */
  async function oneStep(): Promise<void> {
    const screen = await terminal.on('choices', 'entry', 'sheet', 'sign', 'accepted');
    const page = await terminal.page();
    const before = await terminal.words();
    if (screen === 'choices')
      await choose(
        terminal,
        (await page.locator('[data-testid^="choose-"]:enabled').first().getAttribute('data-testid'))!.slice(7),
      );
    else if (screen === 'sign') await sign();
    else if (screen === 'entry') {
      const skip = await terminal.find('press-skip');
      if (await skip.isVisible()) await skip.click();
      else await terminal.tap('enter');
    } else if (screen === 'sheet') {
      await page.locator('[data-testid^="press-"]:enabled').last().click();
    }
    await terminal.until('the next screen', async () => ((await terminal.words()) !== before ? true : undefined));
  }

  async function sign(): Promise<void> {
    const page = await terminal.page();
    const box = (await (await terminal.find('signature')).boundingBox())!;
    await page.mouse.move(box.x + 80, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 160, { steps: 4 });
    await page.mouse.up();
    await terminal.tap('sign');
  }
});
