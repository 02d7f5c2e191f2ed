import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { Paper, textOf } from '../terminal/paper.ts';
import { Terminal } from '../terminal/terminal.ts';

const CHINESE = /[\u3400-\u9fff\u3001-\u303f\uff01-\uff5e]|[\u{20000}-\u{3134f}]/u;
const personOf = (key: string) => syntheticPerson(key, shanghaiDate(Date.now()));
/** Text as it is compared: where a line was broken says nothing about what stands there. */
const joined = (text: string) => text.replace(/\s/g, '');

describe('not everybody is called Zhang Wei', () => {
  let terminal: Terminal;
  let paper: Paper;

  before(async () => {
    terminal = await Terminal.start('chromium', 'people of every kind');
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());

  /** Ends the visit from whatever screen is left. */
  async function leave(): Promise<void> {
    await terminal.tap('end');
    await terminal.on('goodbye', 'attract');
    // A touch shortens the goodbye; one that comes too late has nothing to do.
    const farewell = await terminal.find('end');
    await farewell.click({ timeout: 1_000 }).catch(() => {});
    await terminal.on('attract');
  }

  /** The screen calls the person by the mask and never by more. */
  async function masked(key: string): Promise<void> {
    const { name, idNumber, phone } = personOf(key);
    const words = await terminal.words();
    assert.ok(words.includes(maskName(name)), `nobody is called ${maskName(name)} on the screen:\n${words}`);
    for (const whole of [name, idNumber, phone])
      assert.ok(!words.includes(whole), 'personal data stands whole on the screen');
  }

  /** Prints the last twelve months; resolves with the text of the paper. */
  async function printStatement(): Promise<string> {
    await terminal.tap('item-P01');
    await terminal.on('period');
    await terminal.tap('preset-last12');
    await terminal.on('printed');
    const job = (await paper.jobs()).at(-1)!;
    assert.equal(job.printed, job.pages);
    return textOf(job.pdfPath);
  }

  describe('names as they stand on cards', () => {
    for (const [key, what] of [
      ['rare-character', 'a rare character (䶮)'],
      ['middle-dot', 'a middle dot and seven characters'],
      ['card-without-end', 'a card without end'],
      ['supplementary-plane', 'a character outside the basic plane that our fonts have'],
    ] as const) {
      it(`${what}: masked on the screen, whole and selectable on the statement`, async () => {
        await terminal.identify(key);
        await masked(key);
        const text = joined(await printStatement());
        const { name, idNumber } = personOf(key);
        assert.ok(text.includes(joined(name)), `${name} is not on the statement`);
        assert.ok(!text.includes(idNumber), 'the ID number stands whole on the statement');
        await masked(key);
        await terminal.tap('home');
        await terminal.on('menu');
        await leave();
      });
    }

    it('a character our fonts lack: the account is shown, but no paper leaves with a hole in the name', async () => {
      const jobs = (await paper.jobs()).length;
      await terminal.identify('missing-character');
      await masked('missing-character');
      await terminal.tap('item-Q01');
      await terminal.on('account');
      await terminal.tap('print');
      await terminal.on('period');
      await terminal.tap('preset-last12');
      await terminal.on('failure');
      const words = await terminal.words();
      for (const sentence of [explain('E5204').depositor.zh, explain('E5204').next.zh])
        assert.ok(words.includes(sentence), `"${sentence}" is not on the screen:\n${words}`);
      assert.equal(await (await terminal.find('retry')).count(), 0, 'another try is offered although it cannot help');
      await masked('missing-character');
      assert.equal((await paper.jobs()).length, jobs, 'something was printed');
      await terminal.until('the failure in the journal', () => {
        const last = terminal.journal.all('session.failure').at(-1);
        return Promise.resolve(last?.code === 'E5204' && last.step === 'issue' ? true : undefined);
      });
      await leave();
    });

    it('two accounts: the one that is paid into is shown, and the same one is printed', async () => {
      const [first, second] = personOf('two-accounts').accounts;
      await terminal.identify('two-accounts');
      await terminal.tap('item-Q01');
      await terminal.on('account');
      const shown = await terminal.text('account-number');
      assert.ok(shown.endsWith(first!.accountNumber.slice(-4)), `not the account that is paid into: ${shown}`);
      await terminal.tap('back');
      await terminal.on('menu');
      const text = joined(await printStatement());
      assert.ok(text.includes(first!.accountNumber.slice(-4)), 'another account is on the paper');
      assert.ok(!text.includes(second!.accountNumber), 'the other account is on the paper');
      await terminal.tap('home');
      await terminal.on('menu');
      await leave();
    });
  });

  describe('in English and in large text', () => {
    const person = personOf('ordinary');
    afterEach(() => terminal.liftCard());

    /** No Chinese word is left, but for what is a name: the depositor's, the employer's, the other language's. */
    async function english(screen: string): Promise<void> {
      await terminal.on(screen);
      const names = [maskName(person.name), '中文', /江州.*(公司|医院|学校|中学)/];
      let left: string[] = [];
      const look = async () => {
        const words = names.reduce<string>((text, name) => text.replace(name, ''), await terminal.words());
        left = words.split('\n').filter((line) => CHINESE.test(line));
        return left.length === 0 || undefined;
      };
      // The words change with the next view, not with the touch.
      await terminal.until('English', look).catch(() => {});
      assert.deepEqual(left, [], `Chinese is left on the English screen "${screen}"`);
    }

    /** Everything a person has to touch lies on the glass, and no word runs out of its place. */
    async function fits(screen: string): Promise<void> {
      const page = await terminal.page();
      const cut = await page.evaluate(() => {
        const { innerWidth: width, innerHeight: height } = window;
        return [...document.querySelectorAll<HTMLElement>('button')]
          .filter((button) => {
            const box = button.getBoundingClientRect();
            const outside = box.left < 0 || box.top < 0 || box.right > width + 1 || box.bottom > height + 1;
            return (
              outside || button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1
            );
          })
          .map((button) => button.dataset['testid'] ?? button.innerText);
      });
      assert.deepEqual(cut, [], `buttons are cut off on "${screen}"`);
    }

    /** How large the words of the first button are, px. */
    async function letters(): Promise<number> {
      const page = await terminal.page();
      return page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('button')!).fontSize));
    }

    it('from the first screen to the account, no Chinese word is left', async () => {
      await terminal.tap('language');
      await english('attract');
      await terminal.layCard('ordinary');
      await english('enterCode');
      await terminal.typeCode(await terminal.smsCode('ordinary'));
      await english('menu');
      await terminal.tap('item-Q01');
      await english('account');
      await terminal.tap('print');
      await english('period');
      await terminal.tap('preset-last12');
      await english('printed');
      const number = joined(await terminal.text('document-number'));
      const slip = await terminal.until('the slip', async () =>
        (await paper.slips()).find((text) => joined(text).includes(number)),
      );
      assert.match(slip, /Deposit statement/);
      const left = slip.split('\n').filter((line) => CHINESE.test(line));
      assert.deepEqual(left, [], 'the slip is not in the language of the screen');
    });

    it('the next one is greeted in Chinese', async () => {
      await terminal.tap('home');
      await terminal.on('menu');
      await leave();
      assert.match(await terminal.words(), CHINESE);
      assert.match(await terminal.text('language'), /English/);
    });

    for (const language of ['Chinese', 'English'] as const) {
      it(`large text in ${language} has room on every screen to the account`, async () => {
        if (language === 'English') await terminal.tap('language');
        const usual = await letters();
        await terminal.tap('text-size');
        await terminal.until('larger letters', async () => (await letters()) > usual || undefined);
        await fits('attract');
        await terminal.layCard(language === 'English' ? 'frozen-account' : 'ordinary');
        await terminal.on('enterCode');
        await fits('enterCode');
        await terminal.typeCode(await terminal.smsCode(language === 'English' ? 'frozen-account' : 'ordinary'));
        await terminal.on('menu');
        await fits('menu');
        await terminal.tap('item-Q01');
        await terminal.on('account');
        await fits('account');
        await terminal.tap('back');
        await terminal.on('menu');
        await leave();
      });
    }
  });
});
