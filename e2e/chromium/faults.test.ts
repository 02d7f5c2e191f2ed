import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { LinkMode } from '@kiosk/testbench/simulators/link/simulator.ts';
import { Paper } from '../terminal/paper.ts';
import { ServiceSide } from '../terminal/service-side.ts';
import { Terminal } from '../terminal/terminal.ts';

/** One terminal lives through everything that goes wrong in a hall; each time somebody else stands before it. */
describe('what goes wrong is one clear sentence for the depositor, a code for the technician, and in the journal', () => {
  let terminal: Terminal;
  let service: ServiceSide;
  let known = 0;

  before(async () => {
    terminal = await Terminal.start('chromium', 'faults');
    service = await ServiceSide.of(terminal);
  });
  after(async () => {
    service.close();
    await terminal.stop();
  });
  beforeEach(() => {
    known = failures().length;
  });

  const failures = () => terminal.journal.all('session.failure').map(({ code, step }) => `${step} ${code}`);
  const machine = () => terminal.stack.machine;

  /** The catalogue's sentence is on the screen, and nothing that only a technician understands. */
  async function sees(code: string): Promise<void> {
    const sentence = explain(code).depositor.zh;
    let shown = '';
    const look = async () => (shown = await terminal.words()).includes(sentence) || undefined;
    await terminal.until(`"${sentence}" on the screen`, look).catch((error: Error) => {
      assert.fail(`${error.message}, which shows:\n${shown}`);
    });
    const words = shown
      // The last line of a failure is for whoever is called to help, with the number of the machine.
      .replace(/代码 E\d{4} · \d{6} 号机 · 服务热线 \d+/, '')
      .replace(/^English$/m, '');
    assert.doesNotMatch(words, /E\d{4}|[A-Za-z]{2,}/, 'a code or a foreign word is left on the Chinese screen');
  }

  /** Exactly these failures went into the journal since the situation began. */
  async function journaled(...entries: string[]): Promise<void> {
    await terminal.until(`${entries.join(', ')} in the journal`, async () =>
      Promise.resolve(failures().length >= known + entries.length ? true : undefined),
    );
    assert.deepEqual(failures().slice(known), entries);
  }

  async function leave(): Promise<void> {
    await terminal.tap('end');
    await farewell();
  }

  async function rate(): Promise<void> {
    await terminal.tap('finish');
    await terminal.on('rate');
    await terminal.tap('rate-satisfied');
    await farewell();
  }

  /** A touch shortens the goodbye; one that comes too late has nothing to do. */
  async function farewell(): Promise<void> {
    if ((await terminal.on('goodbye', 'attract')) === 'attract') return;
    await (await terminal.find('end')).click({ timeout: 1_000 }).catch(() => {});
    await terminal.on('attract');
  }

  describe('the A4 printer runs out of paper', () => {
    it('before: the first screen says so, the item is closed with the reason', async () => {
      await machine().documentPrinter.call('loadPaper', 0);
      await service.device('a4-printer', 'E4102');
      await sees('E4102');
      await terminal.identify('ordinary');
      const item = await terminal.find('item-P01');
      assert.equal(await item.isDisabled(), true, 'printing can still be chosen');
      assert.ok((await item.innerText()).includes(explain('E4102').depositor.zh), 'the tile does not say why');
    });

    it('asked for from the account: nothing is issued, and with paper the same screen goes on', async () => {
      await terminal.tap('item-Q01');
      await terminal.on('account');
      await terminal.tap('print');
      await terminal.on('failure');
      await sees('E4102');
      await journaled('issue E4102');
      await machine().documentPrinter.call('loadPaper', 1);
      await service.device('a4-printer', null);
      await terminal.tap('retry');
      await terminal.on('account');
    });

    it('in the middle: the screen waits and says why; cancelled, it tells what is out and a number to quote', async () => {
      await terminal.tap('print');
      await terminal.on('period');
      await terminal.tap('preset-all');
      await terminal.on('printing');
      await sees('E4102');
      await service.device('a4-printer', 'E4102');
      await terminal.tap('cancel-print');
      await terminal.on('failure');
      const words = await terminal.words();
      assert.match(words, /第\s2\s至\s3\s页没有打出来/);
      assert.match(words, /第\s1\s页有效/);
      const number = (await terminal.text('number-to-quote')).replace(/\s/g, '');
      assert.equal(number, terminal.journal.all('document.issued').at(-1)?.documentNumber);
      const [entry] = failures().slice(known);
      assert.match(entry ?? '', /^print E41/, 'the failure is not in the journal');
      await sees(entry!.slice(-5));
      const settled = terminal.journal.all('operation.settled').at(-1);
      assert.deepEqual([settled?.outcome, settled?.printed], ['failed', 1]);
    });

    it('with paper again, another try prints the same document whole', async () => {
      await machine().documentPrinter.call('loadPaper', 250);
      await service.device('a4-printer', null);
      await terminal.tap('retry');
      await terminal.on('printed');
      const [first, second] = (await new Paper(machine()).jobs()).slice(-2);
      assert.deepEqual([first?.printed, second?.printed, second?.pages], [1, 3, 3]);
      assert.equal(terminal.journal.all('document.issued').length, 1, 'a second document was issued');
      await journaled();
      await rate();
    });
  });

  describe('a card that cannot be used', () => {
    afterEach(() => terminal.liftCard());

    it('pulled away too early: laying it again is enough', async () => {
      await machine().idReader.call('fault', { kind: 'liftDuringRead', times: 1 });
      await terminal.layCard('two-accounts');
      await terminal.on('failure');
      await sees('E1102');
      await journaled('readCard E1102');
      await terminal.layCard('two-accounts');
      await terminal.on('enterCode');
      await leave();
    });

    it('with a wrong check digit: refused, and the platform is never asked', async () => {
      const messages = (await terminal.bench.state()).messages.length;
      await terminal.layCard('wrong-check-digit');
      await terminal.on('failure');
      await sees('E1104');
      await journaled('readCard E1104');
      assert.equal(terminal.journal.all('identity.cardRefused').at(-1)?.code, 'E1104');
      assert.equal((await terminal.bench.state()).messages.length, messages, 'a code was sent');
      await leave();
    });

    it('of somebody without an account', async () => {
      await terminal.layCard('no-account');
      await terminal.on('failure');
      await sees('E1205');
      await journaled('identify E1205');
      await leave();
    });
  });

  for (const [mode, code, person] of [
    ['error500', 'E3103', 'rare-character'],
    ['garbage', 'E3104', 'middle-dot'],
    ['hang', 'E3102', 'card-without-end'],
  ] as const satisfies readonly (readonly [LinkMode, string, string])[]) {
    describe(`the platform answers ${mode === 'hang' ? 'nothing' : mode}`, () => {
      it('to the wish for a code: what needs the centre is closed, what can be left is open', async () => {
        await service.line(mode);
        await terminal.layCard(person);
        await terminal.on('menu');
        await sees(code);
        await journaled(`identify ${code}`);
        await service.lineDown(code);
        assert.equal(await (await terminal.find('item-Q01')).isDisabled(), true);
        assert.equal(await (await terminal.find('item-S01')).isDisabled(), false);
      });

      it('to the query: nothing is shown but the reason, and another try gives the account', async () => {
        await service.lineUp();
        await terminal.tap('item-Q01');
        await terminal.on('enterCode');
        await terminal.typeCode(await terminal.smsCode(person));
        await terminal.on('account');
        await terminal.tap('back');
        await terminal.on('menu');
        await service.line(mode);
        await terminal.tap('item-Q01');
        await terminal.on('failure');
        await sees(code);
        await journaled(`query ${code}`);
        await service.lineUp();
        await terminal.tap('retry');
        await terminal.on('account');
      });

      it('to the wish for a statement: no paper moves, and another try prints it', async () => {
        const jobs = (await new Paper(machine()).jobs()).length;
        await terminal.tap('print');
        await terminal.on('period');
        await service.line(mode);
        await terminal.tap('preset-last12');
        await terminal.on('failure');
        await sees(code);
        await journaled(`issue ${code}`);
        assert.equal((await new Paper(machine()).jobs()).length, jobs, 'something was printed');
        await service.lineUp();
        await terminal.tap('retry');
        await terminal.on('printed');
        await rate();
      });
    });
  }

  describe('the slip printer', () => {
    const fault = (on: boolean) => terminal.bench.act('fault', { device: 'slipPrinter', kind: 'paperEnd', on });
    after(() => fault(false));

    it('without paper keeps nobody from a statement: the number is on the screen', async () => {
      await fault(true);
      await service.device('slip-printer', 'E4202');
      await sees('E4202');
      await terminal.identify('frozen-account');
      await terminal.tap('item-P01');
      await terminal.on('period');
      await terminal.tap('preset-last12');
      await terminal.on('printed');
      const words = await terminal.words();
      assert.ok(words.includes('请记下这个号码'), `nobody is told to write down the number:\n${words}`);
      const number = (await terminal.text('document-number')).replace(/\s/g, '');
      assert.equal(number, terminal.journal.all('document.issued').at(-1)?.documentNumber);
      await journaled();
      await rate();
    });
  });
});
