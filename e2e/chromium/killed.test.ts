import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { Management } from '../terminal/management.ts';
import { type Log, atWrite } from '../terminal/moments.ts';
import { keepsItsWord } from '../terminal/promises.ts';
import { Terminal } from '../terminal/terminal.ts';
import { commandOf, processTree } from '../terminal/traces.ts';
import {
  aboutStaff,
  askForStatement,
  complain,
  documentNumber,
  leave,
  tryUntil,
  withoutGaps,
} from '../terminal/visits.ts';

type Killable = 'central-platform' | 'device-host' | 'sync-agent' | 'preview';

describe('kill -9 of one program after the other, in the middle of what people do', () => {
  let terminal: Terminal;
  let management: Management;
  const told = { requests: [] as string[], documents: [] as string[] };

  const kill = (name: Killable) => terminal.stack.programs.get(name)!.kill();
  const killAtWrite = (name: Killable, log: Log, n: number) => atWrite(terminal.stack, log, n, () => kill(name));
  const startsOf = (name: Killable) => terminal.stack.programs.get(name)!.state.starts;
  const back = (name: Killable, starts: number) =>
    terminal.until(`${name} to be started again`, async () => (startsOf(name) > starts ? true : undefined));
  const platformAnswers = () =>
    terminal.until('the platform to answer', async () => (await management.requests()) && true);
  const keeps = (how: string) => keepsItsWord(terminal, told, how);
  const session = () =>
    processTree(terminal.stack.programs.get('preview')!.state.pid!)
      .filter((pid) => /session\/main/.test(commandOf(pid)))
      .toSorted((a, b) => a - b)[0]!;

  before(async () => {
    terminal = await Terminal.start('chromium', 'programs are killed in the middle of a visit');
    management = new Management(terminal.stack);
  });
  after(() => terminal.stop());

  it('the sync-agent, the moment a request is accepted', async () => {
    told.requests.push(await complain(terminal));
    kill('sync-agent');
    await leave(terminal);
    await keeps('sync-agent killed on the accepted screen');
  });

  for (const victim of ['sync-agent', 'central-platform'] as const) {
    it(`the ${victim}, while what was left offline is being delivered`, async () => {
      await terminal.link('cut');
      await terminal.layCard('rare-character');
      await terminal.on('menu');
      for (let left = 0; left < 3; left++) {
        told.requests.push(await complain(terminal));
        await terminal.tap('home');
        await terminal.on('menu');
      }
      await terminal.tap('end');
      await terminal.on('attract');
      const starts = startsOf(victim);
      const giveUp = killAtWrite(victim, 'platform', victim === 'sync-agent' ? 6 : 3);
      await terminal.link('up');
      await back(victim, starts);
      giveUp();
      await platformAnswers();
      await keeps(`${victim} killed while it delivered`);
    });
  }

  it('the central-platform, while it issues a statement: another try gives the number that was given', async () => {
    await terminal.online();
    await terminal.identify('ordinary');
    await terminal.tap('item-P01');
    await terminal.on('period');
    const before = (await management.documents())!.length;
    const starts = startsOf('central-platform');
    const giveUp = killAtWrite('central-platform', 'platform', 1);
    await terminal.tap('preset-all');
    await tryUntil(terminal, 'printed');
    giveUp();
    assert.ok(startsOf('central-platform') > starts, 'the platform was not killed');
    const number = await documentNumber(terminal);
    told.documents.push(number);
    await leave(terminal);
    const issued = (await management.documents())!.slice(0, -before || undefined);
    assert.deepEqual(
      issued.map((document) => [document.documentNumber, document.state]),
      [[number, 'valid']],
      'a number was given and lies about, or two were given',
    );
    await keeps('central-platform killed while it issued');
  });

  it('the sync-agent, while the intent to print is written', async () => {
    await terminal.online();
    await terminal.identify('ordinary');
    await terminal.tap('item-P01');
    await terminal.on('period');
    const starts = startsOf('sync-agent');
    const giveUp = killAtWrite('sync-agent', 'journal', 2);
    await terminal.tap('preset-all');
    await tryUntil(terminal, 'printed');
    giveUp();
    assert.ok(startsOf('sync-agent') > starts, 'the sync-agent was not killed');
    told.documents.push(await documentNumber(terminal));
    await leave(terminal);
    await keeps('sync-agent killed while the intent was written');
  });

  it('the device-host, while paper moves: the printer is asked, and nothing is printed again', async () => {
    await terminal.identify('ordinary');
    const page = new Promise<void>((resolve) => terminal.stack.machine.documentPrinter.on('page', () => resolve()));
    await askForStatement(terminal);
    await page;
    kill('device-host');
    const number = await documentNumber(terminal);
    told.documents.push(number);
    const intent = terminal.journal.all('operation.intended').find((entry) => entry.documentNumber === number)!;
    const outcome = terminal.journal.all('operation.settled').find((entry) => entry.operationId === intent.operationId);
    assert.deepEqual([outcome?.outcome, outcome?.printed], ['done', intent.pages]);
    await leave(terminal);
    await keeps('device-host killed while paper moved');
  });

  it('the session, while the account is on the screen: the next person sees nothing of it', async () => {
    await terminal.identify('middle-dot');
    await terminal.tap('item-Q01');
    await terminal.on('account');
    const balance = await terminal.text('balance');
    process.kill(session(), 'SIGKILL');
    await terminal.on('attract');
    const words = withoutGaps(await terminal.words());
    const { name } = syntheticPerson('middle-dot', shanghaiDate(Date.now()));
    for (const trace of [balance, name.slice(0, 1) + '*', '已核验']) {
      assert.ok(!words.includes(trace), `${trace} is still on the screen`);
    }
    await keeps('session killed on the account screen');
  });

  it('the session, while paper moves: what came out of it is in the journal', async () => {
    await terminal.identify('card-without-end');
    const page = new Promise<void>((resolve) => terminal.stack.machine.documentPrinter.on('page', () => resolve()));
    await askForStatement(terminal);
    await page;
    process.kill(session(), 'SIGKILL');
    await terminal.on('attract');
    told.requests.push(await complain(terminal));
    await leave(terminal);
    await keeps('session killed while paper moved');
  });

  it('the program that holds the screen, while a request is confirmed: the next person begins anew', async () => {
    await terminal.tap('item-S01');
    await aboutStaff(terminal);
    kill('preview');
    await terminal.on('attract');
    told.requests.push(await complain(terminal));
    await leave(terminal);
    await keeps('preview killed on the confirmation');
  });
});
