import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { remembered } from '@kiosk/contract/testing/memory.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPin } from '@kiosk/domain/synthetic-bank.ts';
import { syntheticPerson, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { Terminal } from '../terminal/terminal.ts';
import { commandOf, filesWith, processTree } from '../terminal/traces.ts';
import { choose, goAway, openItem, requestNumber } from '../terminal/visits.ts';

const person = syntheticPerson('ordinary', shanghaiDate(Date.now()));
const CARD = SYNTHETIC_CARDS.ordinary.number;
/** Everything of this visit that must not be left lying about, by what it is. */
const SECRETS = new Map([
  ['name', person.name],
  ['ID number', person.idNumber],
  ['phone', person.phone],
  ...person.accounts.map(({ accountNumber }, at) => [`account ${at}`, accountNumber] as const),
  ['new phone, typed', syntheticPhone(7_654_329)],
  ['own words, typed', 'quokkavermilion'],
  ['bank card', CARD],
]);
const NEW_PHONE = SECRETS.get('new phone, typed')!;
const OWN_WORDS = SECRETS.get('own words, typed')!;

/** What a process remembers of the visit; undefined: its memory cannot be read, or it is gone. */
function knows(pid: number): string[] | undefined {
  const found = remembered(pid, [...SECRETS.values()]);
  return found && [...SECRETS].filter(([, text]) => found.includes(text)).map(([what]) => what);
}

// Nothing personal is read from the screen here: what a test reads passes through the window's program.
describe('bank card and PIN, another phone, a signature, one’s own words; and then nothing is left', () => {
  let terminal: Terminal;
  let served: number[];
  const systemTemp = tmpdir();
  const temp = mkdtempSync(join(systemTemp, 'kiosk-canary-'));

  before(async () => {
    process.env['TMPDIR'] = temp;
    const extras = ['bankCard', 'pinPad', 'scanner'] as const;
    terminal = await Terminal.start('electron', 'nothing is left of a visit', { extras });
  });
  after(async () => {
    await terminal?.stop();
    process.env['TMPDIR'] = systemTemp;
    rmSync(temp, { recursive: true, force: true });
  });

  const family = () => processTree(terminal.window.mainPid!);
  const programs = () =>
    (['device-host', 'sync-agent'] as const).map((name) => terminal.stack.programs.get(name)!.state.pid!);
  const stateOf = (device: 'pinPad' | 'bankCard', what: string, wanted: string) =>
    terminal.until(`${device}: ${what} ${wanted}`, async () => {
      const state = (await terminal.stack.machine[device]!.call('state')) as Record<string, unknown>;
      return state[what] === wanted || undefined;
    });

  it('bank card and PIN open the menu', async () => {
    await terminal.layCard('ordinary');
    await terminal.on('enterCode');
    await terminal.tap('other-way');
    await choose(terminal, 'bankCard');
    await terminal.shows('请插入您本人的银行卡');
    await terminal.bench.act('insertBankCard', 'ordinary');
    await stateOf('pinPad', 'mode', 'pin');
    for (const key of [...syntheticPin(CARD), 'enter']) await terminal.bench.act('pressKey', key);
    await stateOf('bankCard', 'position', 'gate');
    await terminal.bench.act('takeBankCard', undefined);
    await terminal.on('menu');
  });

  it('the account, and its number in full', async () => {
    await openItem(terminal, 'Q01');
    await terminal.on('account');
    await terminal.tap('reveal');
    await terminal.tap('back');
  });

  it('another phone, with its code and a signature', async () => {
    await openItem(terminal, 'B01');
    await terminal.on('entry');
    await terminal.typeCode(NEW_PHONE);
    await terminal.tap('enter');
    await terminal.shows('请输入新手机收到的验证码');
    const code = await codeSentTo(NEW_PHONE);
    await terminal.typeCode(code);
    // Six digits stand somewhere by chance; between quotes, as programs send them to each other, they do not.
    SECRETS.set('code of the SMS', JSON.stringify(code));
    await terminal.tap('enter');
    while ((await terminal.on('sheet', 'sign', 'accepted')) !== 'accepted') await confirm();
    await requestNumber(terminal);
    await terminal.tap('home');
  });

  function codeSentTo(phone: string): Promise<string> {
    return terminal.until('the code on the new phone', async () => {
      const { messages } = await terminal.bench.state();
      const message = messages.find(({ phoneMasked }) => phoneMasked === maskPhone(phone));
      return message && /(?<!\d)\d{6}(?!\d)/.exec(message.text)?.[0];
    });
  }

  /** The sheet that is shown once more, or the signature where one is wanted. */
  async function confirm(): Promise<void> {
    const screen = await terminal.screen();
    if (screen === 'sheet') await terminal.tap('press-submit');
    else if (screen === 'sign') {
      const { mouse } = await terminal.page();
      const box = (await (await terminal.find('signature')).boundingBox())!;
      const at = (step: number) =>
        [box.x + box.width * (0.2 + step / 20), box.y + box.height * (0.6 - (step % 3) / 7)] as const;
      await mouse.move(...at(0));
      await mouse.down();
      for (let step = 1; step <= 12; step++) await mouse.move(...at(step));
      await mouse.up();
      await terminal.tap('sign');
    }
    await terminal.until('the next screen', async () => (await terminal.screen()) !== screen || undefined);
  }

  it('one’s own words to the centre', async () => {
    await openItem(terminal, 'S01');
    await choose(terminal, 'complaint');
    await choose(terminal, 'staff');
    await terminal.on('entry');
    await terminal.tap('key-script');
    for (const letter of OWN_WORDS) await terminal.tap(`key-${letter}`);
    await terminal.tap('enter');
    await terminal.on('sheet');
    await terminal.tap('press-submit');
    await requestNumber(terminal);
  });

  it('meanwhile the session and its screen know all of it, and of the window’s other processes none', () => {
    const known = new Map(family().map((pid) => [pid, knows(pid) ?? []]));
    served = [...known].flatMap(([pid, what]) => (what.length > 0 ? [pid] : []));
    for (const what of ['name', 'ID number', 'new phone, typed', 'own words, typed'])
      assert.ok([...known.values()].flat().includes(what), `${what}: nobody knows it; the search is blind`);
    const others = served.filter((pid) => !/--type=renderer|session/.test(commandOf(pid)));
    assert.deepEqual(
      others.map((pid) => `${commandOf(pid)}: ${known.get(pid)?.join()}`),
      [],
    );
    // Each was started with this in its environment.
    const blind = [...family(), ...programs()].filter((pid) => !remembered(pid, [terminal.stack.configFile])?.length);
    assert.deepEqual(blind.map(commandOf), [], 'whose memory does not even show what they were started with');
  });

  it('the person leaves: those who served are gone', async () => {
    await goAway(terminal);
    await terminal.liftCard();
    await terminal.until('those who served to end', async () => {
      const alive = new Set(family());
      return served.every((pid) => !alive.has(pid)) || undefined;
    });
    await terminal.until('an empty queue', async () => (await terminal.pending()) === 0 || undefined);
  });

  it('no process that lives on remembers anything', async () => {
    for (const pid of [...programs(), ...family()]) {
      let last: string[] = [];
      const clean = async () => (last = knows(pid) ?? []).length === 0 || undefined;
      await terminal.until('a process that forgets', clean).catch(() => {});
      assert.deepEqual(last, [], `still known to ${commandOf(pid)}`);
    }
  });

  it('no file holds it: data, logs, sockets, temporary files', () => {
    const { terminal: files, logs } = terminal.stack.installation;
    const others = readdirSync(temp).map((name) => join(temp, name));
    const folders = [files.dataDir, logs, files.socketDir, ...others.filter((path) => path !== terminal.dir)];
    assert.deepEqual(filesWith(folders, [...SECRETS.values()]), []);
  });
});
