import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Paper, textOf } from '../terminal/paper.ts';
import { Terminal } from '../terminal/terminal.ts';
import { openItem } from '../terminal/visits.ts';

const joined = (text: string): string => text.replace(/\s/g, '');

describe('queries and papers, each through terminal and platform', () => {
  let terminal: Terminal;
  let paper: Paper;

  before(async () => {
    terminal = await Terminal.start('chromium', 'queries and papers');
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());
  afterEach(async () => {
    await terminal.tap('end');
    await terminal.on('goodbye', 'attract');
    const farewell = await terminal.find('end');
    await farewell.click({ timeout: 1_000 }).catch(() => {});
    await terminal.on('attract');
  });

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

  async function backToMenu(): Promise<void> {
    await terminal.tap('home');
    await terminal.on('menu');
  }

  it('a loan in three touches: what is owed, what comes, what was paid, each on paper', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'Q04');
    await terminal.on('sheet');
    await sees('我的贷款', '剩余本金', '等额本息');
    await terminal.tap('press-plan');
    await terminal.until('the schedule', async () =>
      (await terminal.words()).includes('还款计划') ? true : undefined,
    );
    await terminal.tap('back');
    await terminal.tap('press-print');
    assert.match(await printed(), /贷款信息/);
    await backToMenu();
    await openItem(terminal, 'P04');
    await terminal.on('sheet');
    await sees('还款明细');
    await terminal.tap('press-print');
    assert.match(await printed(), /还款明细/);
  });

  it('a year’s interest explained, its statement printed, the paper printed once more as a reprint', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'Q03');
    await terminal.on('choices');
    await terminal.tap('choose-2025');
    await terminal.on('sheet');
    await sees('2025—2026 年度利息', '元·天');
    await terminal.tap('press-print');
    assert.match(await printed(), /年度/);
    await backToMenu();
    await openItem(terminal, 'P08');
    await terminal.tap('choose-own');
    await terminal.until('the list of papers', async () =>
      (await terminal.words()).includes('补打哪一份') ? true : undefined,
    );
    await (await terminal.page()).locator('[data-testid^="choose-3801"]').first().click();
    assert.match(await printed(), /补打/);
  });

  it('what can be withdrawn for rent, with the rules; a certificate for a school', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'Q07');
    await terminal.on('choices');
    await terminal.tap('choose-07');
    await terminal.on('entry');
    await terminal.tap('enter');
    await terminal.on('sheet');
    await sees('租房', '按这些规定算的');
    await backToMenu();
    await openItem(terminal, 'P02');
    await terminal.on('choices');
    await terminal.tap('choose-school');
    await terminal.on('sheet');
    await terminal.tap('press-print');
    assert.match(await printed(), /子女入学/);
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
