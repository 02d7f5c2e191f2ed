import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Terminal } from '../terminal/terminal.ts';
import { choose, complain, documentNumber, goAway, openItem, withoutGaps } from '../terminal/visits.ts';

describe('whole journeys in the real window', () => {
  let terminal: Terminal;
  let paper: { number: string; code: string };

  before(async () => {
    terminal = await Terminal.start('electron', 'whole journeys');
  });
  after(() => terminal.stop());
  afterEach(async () => {
    await goAway(terminal);
    await terminal.liftCard();
  });

  const says = (text: string) =>
    terminal.until(`"${text}" on the screen`, async () => (await terminal.words()).includes(text) || undefined);

  it('large text, few words: what a loan still owes', async () => {
    await terminal.tap('text-size');
    await terminal.identify('card-without-end');
    await openItem(terminal, 'Q04');
    await terminal.on('sheet', 'choices');
  });

  it('a calculation without a card: nobody is asked who they are', async () => {
    await terminal.tap('item-Q10');
    await choose(terminal, 'deposit');
    await terminal.on('entry');
    await terminal.typeCode('10000');
    for (let steps = 0; steps < 3; steps++) {
      const before = await terminal.words();
      await terminal.tap('enter');
      await terminal.until('what comes next', async () => (await terminal.words()) !== before || undefined);
    }
    await terminal.on('sheet');
    assert.equal(terminal.journal.all('identity.cardRead').length, 1, 'somebody was identified for a calculation');
  });

  it('a certificate is printed', async () => {
    await terminal.identify('two-accounts');
    await openItem(terminal, 'P02');
    await choose(terminal, 'school');
    await terminal.on('sheet');
    await terminal.tap('press-print');
    const number = await documentNumber(terminal);
    paper = { number, code: withoutGaps(await terminal.text('verification-code')) };
  });

  it('whoever holds that paper can check it', async () => {
    await terminal.tap('item-P08');
    await choose(terminal, 'type');
    await terminal.on('entry');
    await terminal.typeCode(paper.number);
    await terminal.tap('enter');
    await says('输入验证码');
    await terminal.typeCode(paper.code);
    await terminal.tap('enter');
    await says('凭证有效');
  });

  it('the line is cut: a complaint is taken as a request, and is not called done', async () => {
    await terminal.link('cut');
    await says('线路中断');
    await complain(terminal);
    assert.match(await terminal.words(), /现在还没有办成/);
    await goAway(terminal);
    await terminal.link('up');
    await terminal.online();
  });
});
