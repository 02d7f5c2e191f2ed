import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { Paper, textOf } from '../terminal/paper.ts';
import { Terminal } from '../terminal/terminal.ts';
import { commandOf, filesWith, processTree, secretsOf } from '../terminal/traces.ts';

const person = syntheticPerson('ordinary', shanghaiDate(Date.now()));

describe('a depositor with an ID card and a phone prints a statement, online, in the real window', () => {
  let terminal: Terminal;
  let paper: Paper;
  let sessionBefore: number[];
  let rendererBefore: number[];

  const sessions = () => processTree(terminal.window.mainPid!).filter((pid) => /session/.test(commandOf(pid)));
  const renderers = () => processTree(terminal.window.mainPid!).filter((pid) => /--type=renderer/.test(commandOf(pid)));

  before(async () => {
    terminal = await Terminal.start('electron', 'a depositor prints a statement');
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());

  it('laying the card brings the question for the code; the right code opens the menu', async () => {
    sessionBefore = sessions();
    rendererBefore = renderers();
    assert.ok(sessionBefore.length >= 1, 'no session process runs under the window');
    await terminal.identify('ordinary');
  });

  it('the account is shown with its balance, and its number masked until it is revealed', async () => {
    await terminal.tap('item-Q01');
    await terminal.on('account');
    const account = person.accounts[0]!;
    const shown = await terminal.text('account-number');
    assert.ok(shown.includes(account.accountNumber.slice(-4)), `the last four digits are missing in ${shown}`);
    assert.ok(!(await terminal.words()).includes(account.accountNumber), 'the whole account number is on the screen');
    assert.match(await terminal.text('balance'), /^[\d,]+\.\d\d$/);
    await terminal.tap('reveal');
    await terminal.until(
      'the revealed number',
      async () =>
        (await terminal.text('account-number')).replace(/\s/g, '').includes(account.accountNumber) || undefined,
    );
  });

  it('the details of the last twelve months add up', async () => {
    await terminal.tap('see-details');
    await terminal.on('period');
    await terminal.tap('preset-last12');
    await terminal.on('details');
    assert.ok((await (await terminal.find('detail-row')).count()) > 3, 'no rows on the first page');
  });

  it('the statement comes out of the A4 printer, numbered, with its rows as text, and a slip says its number', async () => {
    await terminal.tap('print');
    if ((await terminal.on('period', 'printing', 'printed')) === 'period') await terminal.tap('preset-last12');
    await terminal.on('printed');
    const number = (await terminal.text('document-number')).replace(/\s/g, '');
    const job = (await paper.jobs()).at(-1)!;
    assert.equal(job.printed, job.pages, 'not every page came out');
    const text = textOf(job.pdfPath);
    assert.match(text, /缴存明细对账单/);
    assert.ok(text.includes(person.name), 'the name is not on the statement');
    assert.ok(!text.includes(person.idNumber), 'the ID number is printed whole although masking is the default');
    assert.ok(text.replace(/\s/g, '').includes(number), 'the number on the screen is not the number on the paper');
    const slip = await terminal.until('the slip', async () => (await paper.slips()).at(-1));
    assert.ok(slip.replace(/\s/g, '').includes(number), `the slip does not say the number:\n${slip}`);
  });

  it('what was done is in the journal: intent before, outcome after, and the document is known to the platform', async () => {
    const [intended, settled] = [terminal.journal.all('operation.intended'), terminal.journal.all('operation.settled')];
    assert.deepEqual(
      intended.map((e) => e.kind),
      ['printDocument', 'printSlip'],
    );
    assert.deepEqual(
      settled.map((e) => e.outcome),
      ['done', 'done'],
    );
    assert.deepEqual(
      settled.map((e) => e.operationId),
      intended.map((e) => e.operationId),
    );
    assert.equal(terminal.journal.all('field.revealed').length, 1);
  });

  it('after the rating the session process and its renderer are gone, and the next screen is a new one', async () => {
    await terminal.tap('finish');
    await terminal.on('rate');
    await terminal.tap('rate-satisfied');
    await terminal.on('goodbye', 'attract');
    await terminal.on('attract');
    await terminal.until('the old processes to end', async () => {
      const alive = new Set(processTree(terminal.window.mainPid!));
      return !alive.has(sessionBefore[0]!) && rendererBefore.some((pid) => !alive.has(pid)) ? true : undefined;
    });
    assert.deepEqual(
      terminal.journal.all('service.rated').map((e) => e.score),
      ['satisfied'],
    );
    assert.deepEqual(
      terminal.journal.all('session.closed').map((e) => e.reason),
      ['finished'],
    );
  });

  it('nothing of the person is left in the files of the terminal', () => {
    const { terminal: files, logs } = terminal.stack.installation;
    assert.deepEqual(filesWith([files.dataDir, logs, files.socketDir], secretsOf('ordinary')), []);
  });

  it('every journal entry reaches the platform', async () => {
    await terminal.until('an empty queue', async () => ((await terminal.pending()) === 0 ? true : undefined));
  });
});
