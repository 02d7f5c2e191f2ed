import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { syntheticPin } from '@kiosk/domain/synthetic-bank.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { readSecret } from '@kiosk/tools/provision/terminal.ts';
import { Terminal } from '../terminal/terminal.ts';

const CARD = SYNTHETIC_CARDS.ordinary.number;

describe('whoever gets no code identifies in another way', () => {
  let terminal: Terminal;
  before(async () => {
    terminal = await Terminal.start('chromium', 'bank card and phone', { extras: ['bankCard', 'pinPad', 'scanner'] });
  });
  after(() => terminal.stop());

  const padTakes = (mode: string) =>
    terminal.until(`a pad that takes ${mode}`, async () => {
      const state = (await terminal.stack.machine.pinPad!.call('state')) as { mode: string };
      return state.mode === mode || undefined;
    });

  async function typePin(pin: string): Promise<void> {
    await padTakes('pin');
    for (const digit of pin) await terminal.bench.act('pressKey', digit);
    await terminal.bench.act('pressKey', 'enter');
  }

  async function words(text: string): Promise<void> {
    await terminal.until(`"${text}" on the screen`, async () => (await terminal.words()).includes(text) || undefined);
  }

  async function takeCard(): Promise<void> {
    await terminal.until('a card that can be taken', async () => {
      const state = (await terminal.stack.machine.bankCard!.call('state')) as { position: string };
      return state.position === 'gate' || undefined;
    });
    await terminal.bench.act('takeBankCard', undefined);
  }

  /** What the app on the person's phone shows. */
  async function eCard(key: string): Promise<string> {
    const { idNumber } = syntheticPerson(key, shanghaiDate(Date.now()));
    const answer = await fetch(new URL('/management/app-codes', terminal.stack.publicUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${readSecret(terminal.stack.installation.managementTokenFile)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ idNumber }),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return ((await answer.json()) as { code: string }).code;
  }

  async function leave(): Promise<void> {
    await terminal.tap('back');
    await terminal.on('menu');
    await terminal.tap('end');
    await terminal.on('goodbye', 'attract');
    const farewell = await terminal.find('end');
    await farewell.click({ timeout: 1_000 }).catch(() => {});
    await terminal.on('attract');
  }

  it('bank card and PIN: a wrong one, then the right one; the card comes back and the account opens', async () => {
    await terminal.layCard('ordinary');
    await terminal.on('enterCode');
    await terminal.liftCard();
    await terminal.tap('other-way');
    await terminal.on('choices');
    await terminal.tap('choose-bankCard');
    await words('请插入您本人的银行卡');
    await terminal.bench.act('insertBankCard', 'ordinary');
    await typePin(syntheticPin(CARD) === '111111' ? '222222' : '111111');
    await words('还可以试 2 次');
    await typePin(syntheticPin(CARD));
    await words('请取走您的银行卡');
    await takeCard();
    await terminal.on('menu');
    await terminal.tap('item-Q01');
    await terminal.on('account', 'sheet');
    const told = JSON.stringify(terminal.journal.all('identity.proven'));
    assert.ok(told.includes('bankCard'), 'no factor is on record');
    const page = await (await terminal.page()).content();
    assert.ok(!page.includes(CARD), 'the number of the bank card is on the screen');
    await leave();
  });

  it('the e-card of a phone first, the ID card when an item wants more', async () => {
    await terminal.tap('other-way');
    await terminal.on('choices');
    await terminal.tap('choose-appCode');
    await words('请把手机二维码对准扫码口');
    await terminal.until('a scanner that looks', async () => {
      const state = (await terminal.stack.machine.scanner!.call('state')) as { looking: boolean };
      return state.looking || undefined;
    });
    await terminal.bench.act('showCode', await eCard('ordinary'));
    await terminal.on('menu');
    await terminal.tap('item-Q01');
    await terminal.on('choices');
    await terminal.tap('choose-idCard');
    await words('请把身份证件放在读卡区');
    await terminal.layCard('ordinary');
    await terminal.on('account', 'sheet');
    await terminal.liftCard();
    await leave();
  });
});
