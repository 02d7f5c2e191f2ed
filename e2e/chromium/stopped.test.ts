import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { kioskService } from '../terminal/kiosk-service.ts';
import { Terminal } from '../terminal/terminal.ts';
import { documentNumber } from '../terminal/visits.ts';

describe('the centre stops what it does not want served, and everybody is told in its words', () => {
  let terminal: Terminal;

  before(async () => {
    terminal = await Terminal.start('chromium', 'the centre stops an item and the channel');
    await terminal.bench.act('heartbeat', 5);
    await terminal.bench.act('item', { id: 'P01', on: false });
    // Its first heartbeat brings both; the one before would come a quarter of a minute later.
    terminal.stack.programs.get('sync-agent')!.kill();
    await terminal.until('the stopped item', async () =>
      (await terminal.agent()).snapshot?.catalogue?.items.find(({ id }) => id === 'P01')?.state === 'closed'
        ? true
        : undefined,
    );
    await terminal.on('attract');
  });
  after(() => terminal.stop());

  const says = (words: string) =>
    terminal.until(`"${words}" on the screen`, async () =>
      (await terminal.words()).includes(words) ? true : undefined,
    );
  const configuration = async () => (await terminal.agent()).snapshot!.configuration;
  const channel = (state: 'open' | 'stopped') =>
    terminal.until(`the channel ${state}`, async () =>
      (await configuration()).channel.state === state ? true : undefined,
    );
  const opened = () => terminal.journal.all('session.opened').length;
  const applied = () => terminal.journal.all('parameters.applied');

  it('an item is stopped: its tile says why, and opens again when it is started', async () => {
    await terminal.identify('ordinary');
    await says('系统升级，暂停办理');
    assert.equal(await (await terminal.find('item-P01')).isDisabled(), true, 'a stopped item can still be chosen');
    await terminal.bench.act('item', { id: 'P01', on: true });
    await terminal.until('the item to be open', async () =>
      (await (await terminal.find('item-P01')).isEnabled()) ? true : undefined,
    );
  });

  it('the channel is stopped in the middle of a print: the print waits for its paper, finishes, and the person is told', async () => {
    const { documentPrinter } = terminal.stack.machine;
    await documentPrinter.call('loadPaper', 1);
    await terminal.tap('item-P01');
    await terminal.on('period');
    await terminal.tap('preset-all');
    await terminal.on('printing');
    await terminal.bench.act('channel', 'stopped');
    await says('办完手上这一笔就暂停服务');
    await says('系统升级，预计半小时后恢复');
    assert.equal(await terminal.screen(), 'printing');
    await documentPrinter.call('loadPaper', 50);
    const number = await documentNumber(terminal);
    assert.equal(terminal.journal.all('document.issued').at(-1)?.documentNumber, number);
    const settled = terminal.journal.all('operation.settled').find(({ printed }) => (printed ?? 0) > 1);
    assert.equal(settled?.outcome, 'done');
  });

  it('nothing new begins after it: the session ends, with the reason and where to go', async () => {
    await terminal.tap('home');
    await terminal.on('goodbye');
    const words = await terminal.words();
    assert.match(words, /抱歉，自助服务暂停/);
    assert.match(words, /请到人工窗口办理/);
    await terminal.tap('end');
    await terminal.on('paused');
    await terminal.until('the end in the journal', async () =>
      terminal.journal.all('session.closed').at(-1)?.reason === 'stopped' ? true : undefined,
    );
  });

  it('the next person is refused with the centre’s words, whoever asks and however', async () => {
    const before = opened();
    await terminal.liftCard();
    await terminal.layCard('two-accounts');
    const words = await terminal.words();
    for (const said of ['自助服务暂停', '系统升级，预计半小时后恢复', '请到人工窗口办理', '服务热线 12329']) {
      assert.ok(words.includes(said), `the screen does not say ${said}:\n${words}`);
    }
    const request = { sessionId: 's', operationId: 'o', level: 'L0', form: { item: 'S01', topicId: 'other' } } as const;
    const refused = await (await terminal.agent()).call('submitRequest', request);
    assert.equal(refused.ok ? 'taken' : refused.error.code, 'E2102');
    assert.equal(await terminal.screen(), 'paused');
    assert.equal(opened(), before, 'a session began on a stopped channel');
    const { out, code } = await kioskService(terminal.stack, ['status']);
    assert.match(out, /Channel\s+stopped\s+The system is being updated/);
    assert.equal(code, 1, 'a stopped channel is nothing to be well about');
  });

  it('without the line, and after the agent was killed: what the centre said last still holds', async () => {
    await terminal.link('cut');
    terminal.stack.programs.get('sync-agent')!.kill();
    await terminal.on('outOfService');
    await terminal.on('paused');
    await channel('stopped');
    await terminal.link('up');
  });

  it('the channel is opened: the first screen is back, and the card that lies there is read', async () => {
    // A warning and a command travel with the same heartbeat.
    await terminal.bench.act('emergency', true);
    await terminal.bench.act('command', { name: 'verifyJournal' });
    await terminal.bench.act('channel', 'open');
    await terminal.on('attract', 'readingCard', 'enterCode', 'menu');
    await channel('open');
    await terminal.on('enterCode', 'menu');
    const states = applied().map(({ channel: state }) => state);
    assert.ok(states.includes('stopped'), 'the stop left no entry');
    assert.equal(states.at(-1), 'open');
    await terminal.tap('end');
    await terminal.liftCard();
  });

  it('the centre has the journal verified from afar: done once, and both sides say so', async () => {
    await terminal.until('the outcome of the command', async () =>
      (await configuration()).commands.some(({ name, outcome }) => name === 'verifyJournal' && outcome === 'done')
        ? true
        : undefined,
    );
    assert.equal(terminal.journal.all('command.received').length, 1);
    assert.equal(terminal.journal.all('command.settled').length, 1);
  });

  it('an emergency stands above the first screen until the centre takes it back', async () => {
    await terminal.on('attract');
    await says('暴雨预警');
    await terminal.bench.act('emergency', false);
    await terminal.until('the notice to go', async () =>
      (await terminal.words()).includes('暴雨预警') ? undefined : true,
    );
  });
});
