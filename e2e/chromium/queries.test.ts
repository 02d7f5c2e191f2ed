import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Paper, textOf } from '../terminal/paper.ts';
import { Terminal } from '../terminal/terminal.ts';
import { backToMenu, choose, goAway, openItem } from '../terminal/visits.ts';

const joined = (text: string): string => text.replace(/\s/g, '');

describe('queries and papers, each through terminal and platform', () => {
  let terminal: Terminal;
  let paper: Paper;

  before(async () => {
    terminal = await Terminal.start('chromium', 'queries and papers');
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());
  afterEach(() => goAway(terminal));

  /** A query in three touches, a paper in five, from the menu on. */
  async function within(most: number, what: string, way: () => Promise<void>): Promise<void> {
    const before = terminal.touches;
    await way();
    const touches = terminal.touches - before;
    assert.ok(touches <= most, `${what} takes ${touches} touches, no more than ${most} are wanted`);
  }

  async function sees(...wanted: readonly string[]): Promise<void> {
    const words = joined(await terminal.words());
    for (const one of wanted) assert.ok(words.includes(joined(one)), `"${one}" is not on the screen:\n${words}`);
  }

  /** Waits for the paper and tells what stands on it. */
  async function printed(): Promise<string> {
    await terminal.on('printed');
    const job = (await paper.jobs()).at(-1)!;
    assert.equal(job.printed, job.pages, 'not every page came out');
    return joined(await textOf(job.pdfPath));
  }

  it('a loan in three touches: what is owed, what comes, what was paid, each on paper', async () => {
    await terminal.identify('ordinary');
    await within(3, 'the account', async () => {
      await openItem(terminal, 'Q01');
      await terminal.on('account');
    });
    await terminal.tap('back');
    await within(3, 'the loan', async () => {
      await openItem(terminal, 'Q04');
      await terminal.on('sheet');
    });
    await sees('我的贷款', '剩余本金', '等额本息');
    await terminal.tap('press-plan');
    await terminal.until('the schedule', async () =>
      (await terminal.words()).includes('还款计划') ? true : undefined,
    );
    await terminal.tap('back');
    await terminal.tap('press-print');
    assert.match(await printed(), /贷款信息/);
    await backToMenu(terminal);
    await openItem(terminal, 'P04');
    await terminal.on('sheet');
    await sees('还款明细');
    await terminal.tap('press-print');
    assert.match(await printed(), /还款明细/);
  });

  it('a year’s interest explained, its statement printed, the paper printed once more as a reprint', async () => {
    await terminal.identify('ordinary');
    await within(3, 'the interest of a year', async () => {
      await openItem(terminal, 'Q03');
      await choose(terminal, '2025');
      await terminal.on('sheet');
    });
    await sees('2025—2026 年度利息', '元·天');
    await terminal.tap('press-print');
    assert.match(await printed(), /年度/);
    await backToMenu(terminal);
    await openItem(terminal, 'P08');
    await terminal.tap('choose-own');
    await terminal.until('the list of papers', async () =>
      (await terminal.words()).includes('补打哪一份') ? true : undefined,
    );
    await (await terminal.page()).locator('[data-testid^="choose-3801"]:enabled').first().click();
    assert.match(await printed(), /补打/);
  });

  it('what can be withdrawn for rent, with the rules; a certificate for a school', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'Q07');

    await choose(terminal, '07');
    await terminal.on('entry');
    await terminal.tap('enter');
    await terminal.on('sheet');
    await sees('租房', '按这些规定算的');
    await backToMenu(terminal);
    let certificate = '';
    await within(5, 'a certificate', async () => {
      await openItem(terminal, 'P02');
      await choose(terminal, 'school');
      await terminal.on('sheet');
      await terminal.tap('press-print');
      certificate = await printed();
    });
    assert.match(certificate, /子女入学/);
    for (const [item, touch, words] of [
      ['P01', 'preset-last12', /缴存明细/],
      ['P07', 'choose-account', /账户基本信息单/],
    ] as const) {
      await backToMenu(terminal);
      let text = '';
      await within(5, item, async () => {
        await openItem(terminal, item);
        await terminal.tap(touch);
        text = await printed();
      });
      assert.match(text, words);
    }
  });

  it('a loan that is paid off has its certificate; who has none is told so', async () => {
    await terminal.identify('card-without-end');
    await openItem(terminal, 'P05');
    assert.match(await printed(), /结清/);
  });

  it('without a card: a calculation, a guide, a branch, and nothing asked of anybody', async () => {
    await terminal.on('attract');
    await terminal.tap('item-Q10');
    await terminal.on('choices');
    await terminal.tap('choose-loan');
    await terminal.on('entry');
    for (const digit of '600000') await terminal.tap(`key-${digit}`);
    await terminal.tap('enter');
    await terminal.until('the next question', async () =>
      (await terminal.words()).includes('多少年') ? true : undefined,
    );
    await terminal.tap('enter');
    await terminal.on('choices');
    await terminal.tap('choose-first');
    await terminal.on('sheet');
    await sees('等额本金', '170,094.63');
  });
});
