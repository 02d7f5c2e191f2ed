import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { Management } from '../terminal/management.ts';
import { Paper } from '../terminal/paper.ts';
import { Terminal } from '../terminal/terminal.ts';
import { filesWith, secretsOf } from '../terminal/traces.ts';
import { backToMenu, goAway, leave, openItem, requestNumber, withoutGaps } from '../terminal/visits.ts';

const newPhone = syntheticPhone(8_765_432);

describe('business from wish to number, through terminal and platform', () => {
  let terminal: Terminal;

  before(async () => {
    terminal = await Terminal.start('chromium', 'business items');
  });
  after(() => terminal.stop());

  /** Writes something into the field as a finger does. */
  async function sign(): Promise<void> {
    await terminal.on('sign');
    const page = await terminal.page();
    const field = (await page.getByTestId('signature').boundingBox())!;
    const at = (x: number, y: number) => [field.x + field.width * x, field.y + field.height * y] as const;
    await page.mouse.move(...at(0.2, 0.6));
    await page.mouse.down();
    for (let i = 0; i <= 12; i++) await page.mouse.move(...at(0.2 + i * 0.05, 0.6 - (i % 3) * 0.15));
    await page.mouse.up();
    await terminal.tap('sign');
  }

  const slips = () => new Paper(terminal.stack.machine).slips();
  const arrived = (number: string) =>
    terminal.until(`${number} at the platform`, async () =>
      (await new Management(terminal.stack).requests())?.find(({ requestNumber: one }) => one === number),
    );

  const codeFor = (phone: string) =>
    terminal.until('a code to the new phone', async () => {
      const { messages } = await terminal.bench.state();
      const message = messages.find(({ phoneMasked }) => phoneMasked === maskPhone(phone));
      return message && /(?<!\d)\d{6}(?!\d)/.exec(message.text)?.[0];
    });

  it('an early repayment: a part, both ways side by side; then all of it is asked for, and a person decides', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'B06');
    await terminal.on('entry');
    await terminal.typeCode('20000');
    await terminal.tap('enter');
    await terminal.on('sheet');
    assert.match(await terminal.words(), /少付利息/);
    // The trial of a part is looked at; then it is all of it after all.
    await terminal.tap('back');
    await terminal.on('entry');
    await terminal.tap('press-all');
    await terminal.on('sheet');
    await terminal.tap('press-all');
    await sign();
    const number = await requestNumber(terminal);
    // On a slow machine the number is there before the answer; nothing more is claimed then.
    assert.match(await terminal.words(), /已受理|已收下/);
    assert.equal((await arrived(number)).item, 'B06');
    await leave(terminal);
  });

  it('the fund repays the loan from now on: signed, and its slip says how far it is; who may ask is read beside', async () => {
    await terminal.identify('ordinary');
    await openItem(terminal, 'B05');
    await terminal.on('choices');
    await terminal.tap('choose-offsetMonthly');
    await sign();
    const number = await requestNumber(terminal);
    assert.equal((await arrived(number)).item, 'B05');
    await terminal.until('its slip', async () => (await slips()).find((slip) => withoutGaps(slip).includes(number)));
    await terminal.tap('home');
    await openItem(terminal, 'B09');
    await terminal.on('choices');
    await terminal.tap('choose-offices');
    await terminal.until('the offices', async () => ((await terminal.words()).includes('哪个部门') ? true : undefined));
    await backToMenu(terminal);
    await terminal.tap('end');
    await terminal.on('rate', 'goodbye');
    // Whoever wants it takes along what was read, printed and left.
    await terminal.tap('press-record');
    await terminal.until('the record', async () =>
      (await terminal.words()).includes('记录已打印') ? true : undefined,
    );
    const record = (await slips()).at(-1) ?? '';
    assert.match(record, /本次服务记录/);
    assert.ok(withoutGaps(record).includes(number), 'the record does not name the request');
    for (const secret of secretsOf('ordinary')) assert.ok(!record.includes(secret), 'the record tells who it was');
    await goAway(terminal);
  });

  it('rent while the line is down: received under a number, not decided, and whole at the platform afterwards', async () => {
    await terminal.link('cut');
    await terminal.until('the line shown as down', async () =>
      (await terminal.words()).includes('线路中断') ? true : undefined,
    );
    await terminal.layCard('ordinary');
    await terminal.on('menu');
    await openItem(terminal, 'B04');
    await terminal.on('entry');
    await terminal.tap('enter');
    await terminal.on('choices');
    await terminal.tap('choose-consent');
    await terminal.tap('choose-onRecord');
    await sign();
    const number = await requestNumber(terminal);
    const words = await terminal.words();
    assert.match(words, /现在还没有办成/);
    assert.match(words, /身份只在本机核对了一步/);
    await leave(terminal);
    const { terminal: files, logs } = terminal.stack.installation;
    assert.deepEqual(filesWith([files.dataDir, logs, files.socketDir], [...secretsOf('ordinary'), newPhone]), []);
    await terminal.link('up');
    const request = await arrived(number);
    assert.deepEqual([request.item, request.offline, request.level], ['B04', true, 'L1']);
  });

  // The last: whoever comes with this card afterwards is sent codes to the new number.
  it('another phone number: reached by a code, signed, decided at once', async () => {
    await terminal.online();
    await terminal.identify('ordinary');
    await openItem(terminal, 'B01');
    await terminal.on('entry');
    await terminal.typeCode(newPhone);
    await terminal.tap('enter');
    const code = await codeFor(newPhone);
    await terminal.until('the field of the code', async () =>
      (await terminal.words()).includes('新手机收到的验证码') ? true : undefined,
    );
    await terminal.typeCode(code);
    await terminal.tap('enter');
    await sign();
    await requestNumber(terminal);
    const words = await terminal.words();
    assert.match(words, /办好了/, words);
    assert.ok(words.includes(maskPhone(newPhone)) && !words.includes(newPhone), words);
    await leave(terminal);
  });
});
