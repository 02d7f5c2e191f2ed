import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keepsItsWord } from '../terminal/promises.ts';
import { Terminal } from '../terminal/terminal.ts';
import { commandOf, processTree } from '../terminal/traces.ts';
import { askForStatement, complain, leave } from '../terminal/visits.ts';

describe('kill -9 of the window and of what it shows', () => {
  let terminal: Terminal;
  const told = { requests: [] as string[], documents: [] as string[] };
  const family = (what: RegExp) => processTree(terminal.window.mainPid!).filter((pid) => what.test(commandOf(pid)));
  const gone = (what: string, pids: readonly number[]) =>
    terminal.until(`${what} to end`, async () => (pids.every((pid) => commandOf(pid) === '') ? true : undefined));

  before(async () => {
    terminal = await Terminal.start('electron', 'the window is killed in the middle of a visit');
  });
  after(() => terminal.stop());

  it('the renderers, while the account is on the screen: a new screen and a new session come by themselves', async () => {
    await terminal.identify('ordinary');
    await terminal.tap('item-Q01');
    await terminal.on('account');
    const renderers = family(/--type=renderer/);
    const [session] = family(/session/).toSorted((a, b) => a - b);
    for (const pid of renderers) process.kill(pid, 'SIGKILL');
    await gone('the session that was shown', [session!]);
    await terminal.on('attract');
    told.requests.push(await complain(terminal));
    await leave(terminal);
    await keepsItsWord(terminal, told, 'renderers killed on the account screen');
  });

  it('the main process, while paper moves: nothing of it lives on, and the next window begins anew', async () => {
    await terminal.identify('rare-character');
    const page = new Promise<void>((resolve) => terminal.stack.machine.documentPrinter.on('page', () => resolve()));
    await askForStatement(terminal);
    await page;
    const all = processTree(terminal.window.mainPid!);
    assert.ok(all.length > 3, 'the window has no renderers and no sessions');
    process.kill(terminal.window.mainPid!, 'SIGKILL');
    await gone('every process of the window', all);
    await terminal.startWindowAgain('the window is started again after a kill');
    await terminal.on('attract');
    told.requests.push(await complain(terminal));
    await leave(terminal);
    await keepsItsWord(terminal, told, 'the main process killed while paper moved');
  });
});
