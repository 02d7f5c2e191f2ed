import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { kioskService } from '../terminal/kiosk-service.ts';
import { Paper } from '../terminal/paper.ts';
import { TactileKeys } from '../terminal/tactile-keys.ts';
import { Terminal } from '../terminal/terminal.ts';
import { withoutGaps } from '../terminal/visits.ts';

/** What stands behind a label, as somebody writes it down who hears it. */
const numberIn = (spoken: string) => withoutGaps(/[0-9A-Z][0-9A-Z -]+$/.exec(spoken)?.[0] ?? '');

describe('who does not see the screen uses the tactile keys of the PIN pad', () => {
  let terminal: Terminal;
  let keys: TactileKeys;
  let paper: Paper;

  before(async () => {
    terminal = await Terminal.start('chromium', 'tactile keys only', { extras: ['pinPad'] });
    keys = new TactileKeys(terminal);
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());

  /** The slip with this number, which the person takes along. */
  const slipWith = (number: string) =>
    terminal.until(`a slip with ${number}`, async () => {
      const slips = await paper.slips();
      return slips.find((text) => withoutGaps(text).includes(number));
    });

  /** From the page with the number to the first screen of whoever comes next. */
  async function leave(): Promise<void> {
    await keys.choose('办完了');
    await keys.arrived('rate');
    await keys.choose('满意');
    await keys.arrived('goodbye');
    await keys.choose('都拿好了');
    await terminal.on('attract');
  }

  it('leaves a complaint without a card, and hears the number that stands on the slip', async () => {
    await keys.choose('咨询、投诉、建议');
    await keys.arrived('choices');
    await keys.choose('投诉');
    await keys.arrived('choices', '关于哪方面');
    await keys.choose('这台机器', 'down');
    await keys.arrived('entry');
    await keys.choose('不写了', 'up');
    await keys.arrived('sheet');
    await keys.choose('提交', 'up');
    await keys.arrived('accepted');
    const said = numberIn(await keys.goTo('受理号', 'right'));
    assert.match(said, /^[0-9A-Z-]{8,}$/, 'the number is not spoken whole');
    await slipWith(said);
    await terminal.until('the request in the journal', () =>
      Promise.resolve(
        terminal.journal.all('request.submitted').some(({ requestNumber }) => requestNumber === said) || undefined,
      ),
    );
    await leave();
  });

  it('changes the mind: the key "cancel" goes back and then out, from every screen on the way', async () => {
    await keys.choose('咨询、投诉、建议');
    await keys.arrived('choices');
    await keys.choose('咨询');
    await keys.arrived('choices', '关于哪方面');
    await keys.choose('提取');
    await keys.arrived('entry');
    await keys.press('cancel');
    await keys.arrived('choices', '关于哪方面');
    await keys.press('cancel');
    await keys.arrived('choices', '您想');
    await keys.press('cancel');
    await terminal.on('attract', 'goodbye');
  });

  it('prints a statement with card and code, while a technician tests the pad', async () => {
    await terminal.layCard('ordinary');
    // Nothing was pressed in this visit yet: the headline is found with the first keys, or the code is typed at once.
    await terminal.on('enterCode');
    const code = await terminal.smsCode('ordinary');
    await keys.type(code.slice(0, 3));
    const tested = await kioskService(terminal.stack, ['devices', 'self-test', 'pin-pad']);
    assert.equal(tested.code, 0, tested.out + tested.problem);
    await keys.type(code.slice(3));
    await keys.arrived('menu');
    await terminal.liftCard();
    await keys.choose('打印缴存明细');
    await keys.arrived('period');
    await keys.choose('最近 12 个月');
    await keys.arrived('printed');
    const said = numberIn(await keys.goTo('单据编号', 'down'));
    await slipWith(said);
    const job = (await paper.jobs()).at(-1);
    assert.equal(job?.printed, job?.pages, 'the statement is not out');
    await leave();
  });
});
