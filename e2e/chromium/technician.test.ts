import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import { kioskService } from '../terminal/kiosk-service.ts';
import { ServiceSide } from '../terminal/service-side.ts';
import { Terminal } from '../terminal/terminal.ts';
import { filesWith, secretsOf } from '../terminal/traces.ts';

const DEVICES = ['id-reader', 'slip-printer', 'a4-printer'] as const;

describe('a technician at the machine', () => {
  let terminal: Terminal;
  let service: ServiceSide;

  before(async () => {
    terminal = await Terminal.start('chromium', 'a technician at the machine');
    service = await ServiceSide.of(terminal);
  });
  after(async () => {
    service.close();
    await terminal.stop();
  });

  const technician = () => terminal.stack.technician;

  /** Keeps the emblem pressed until the sign-in comes. */
  async function holdEmblem(): Promise<void> {
    await terminal.on('attract');
    const page = await terminal.page();
    await (await terminal.find('brand-mark')).hover();
    await page.mouse.down();
    await terminal.on('technicianSignIn');
    await page.mouse.up();
  }

  async function type(field: 'name' | 'secret', text: string): Promise<void> {
    await terminal.tap(`field-${field}`);
    for (const key of text) await terminal.tap(key === '-' ? 'key-dash' : `key-${key}`);
  }

  /** Signs in with what is typed; resolves with the news on the screen, or with the name of the screen it led to. */
  async function signIn(secret: string): Promise<string> {
    await type('secret', secret);
    await terminal.tap('sign-in');
    return terminal.until('an answer to the sign-in', async () => {
      if ((await terminal.screen()) === 'technician') return 'technician';
      // A secret that was refused is emptied: until then the news are those of the try before.
      const page = await terminal.page();
      const typed = await page
        .getByTestId('field-secret')
        .innerText({ timeout: 1_000 })
        .catch(() => '●');
      return typed.includes('●') ? undefined : page.getByRole('status').innerText();
    });
  }

  describe('on the screen', () => {
    it('a short touch of the emblem opens nothing; held for five seconds it asks who is there', async () => {
      await (await terminal.find('brand-mark')).click();
      assert.equal(await terminal.screen(), 'attract');
      await holdEmblem();
    });

    it('a wrong secret is refused in words, and recorded', async () => {
      await type('name', technician().name);
      const news = await signIn('wrong');
      assert.ok(news.includes(explain('E7101').depositor.zh), news);
      assert.deepEqual(
        terminal.journal.all('technician.refused').map(({ by, code }) => [by, code]),
        [['screen', 'E7101']],
      );
    });

    it('the right one opens the service home with every device, the line, the queue and the versions', async () => {
      assert.equal(await signIn(technician().secret), 'technician');
      for (const device of DEVICES) assert.match(await terminal.text(`device-${device}`), /就绪/, device);
      const words = await terminal.words();
      for (const part of ['线路', '联网', '待送达', '业务', '审计', '运行', '待确认操作', '程序版本'])
        assert.ok(words.includes(part), `${part} is not on the service screen:\n${words}`);
      for (const program of ['kiosk-app', 'device-host', 'sync-agent'])
        assert.match(words, new RegExp(`${program} \\d+\\.\\d+\\.\\d+`));
      assert.ok(!words.includes(technician().secret), 'the secret is on the screen');
    });

    it('the self-test of each device passes and is in the journal', async () => {
      for (const device of DEVICES) {
        await terminal.tap(`test-${device}`);
        assert.match(await terminal.text(`self-test-${device}`), /^通过/, device);
      }
      const tested = () => terminal.journal.all('device.tested');
      await terminal.until('three tests in the journal', () =>
        Promise.resolve(tested().length >= DEVICES.length ? true : undefined),
      );
      assert.deepEqual(
        tested().map(({ technician: by, deviceId, passed }) => [by, deviceId, passed]),
        DEVICES.map((device) => [technician().name, device, true]),
      );
    });

    it('the test of the line goes step by step', async () => {
      await terminal.tap('test-link');
      await terminal.until('four steps', async () => {
        const words = await terminal.words();
        return ['name', 'tcp', 'tls', 'http'].every((step) => new RegExp(`${step} \\d+ ms`).test(words)) || undefined;
      });
    });

    it('a printer without paper is there at once, with its code and what to do', async () => {
      await terminal.stack.machine.documentPrinter.call('loadPaper', 0);
      await terminal.until('E4102 on the service screen', async () => {
        const words = await terminal.words();
        return (words.includes('E4102') && words.includes(explain('E4102').technician.zh)) || undefined;
      });
      await terminal.stack.machine.documentPrinter.call('loadPaper', 250);
      await service.device('a4-printer', null);
    });

    it('leaving signs out, and the next one at the machine finds the first screen', async () => {
      await terminal.tap('end');
      await terminal.on('attract');
      assert.deepEqual(
        terminal.journal.all('technician.signedIn').map(({ technician: who, by }) => [who, by]),
        [[technician().name, 'screen']],
      );
      await terminal.until('the sign-out in the journal', () =>
        Promise.resolve(terminal.journal.all('technician.signedOut').length === 1 || undefined),
      );
    });
  });

  describe('on the command line', () => {
    const run = (args: readonly string[], env: Record<string, string> = {}) => kioskService(terminal.stack, args, env);

    before(async () => {
      // Somebody's visit, so that there is something that must not be shown.
      await terminal.identify('ordinary');
      await terminal.tap('end');
      await terminal.on('attract');
    });

    it('every command says that all is well, and nothing of any person', async () => {
      for (const args of [
        ['status'],
        ['devices'],
        ['queue'],
        ['test', 'all'],
        ['link'],
        ['journal', 'verify'],
        ['version'],
      ]) {
        const { code, out, problem } = await run(args);
        assert.equal(code, 0, `kiosk-service ${args.join(' ')} ended with ${code}:\n${out}${problem}`);
        assert.ok(out.trim().length > 0, `kiosk-service ${args.join(' ')} says nothing`);
        const told = secretsOf('ordinary').filter((text) => (out + problem).includes(text));
        assert.deepEqual(told, [], `kiosk-service ${args.join(' ')} shows personal data`);
      }
    });

    it('speaks JSON to scripts', async () => {
      const devices = JSON.parse((await run(['devices', '--json'])).out) as { id: string; state: string }[];
      assert.deepEqual(
        devices.map(({ id, state }) => [id, state]),
        DEVICES.map((id) => [id, 'ready']),
      );
      const queue = JSON.parse((await run(['queue', '--json'])).out) as Record<string, Record<string, unknown>>;
      assert.deepEqual(Object.keys(queue).sort(), ['audit', 'business', 'telemetry']);
      for (const stream of Object.values(queue)) assert.equal(typeof stream['pending'], 'number');
      const streams = JSON.parse((await run(['journal', 'verify', '--json'])).out) as { brokenAt: number | null }[];
      assert.deepEqual(
        streams.map(({ brokenAt }) => brokenAt),
        [null, null, null],
      );
    });

    it('a printer without paper ends it with 1, the code and what to do', async () => {
      await terminal.stack.machine.documentPrinter.call('loadPaper', 0);
      await service.device('a4-printer', 'E4102');
      const { code, out } = await run(['devices', '--lang', 'zh']);
      assert.equal(code, 1, out);
      assert.match(out, /E4102/);
      assert.ok(out.includes(explain('E4102').technician.zh), out);
      await terminal.stack.machine.documentPrinter.call('loadPaper', 250);
      await service.device('a4-printer', null);
    });

    it('a wrong secret is refused with its code, for people and for scripts', async () => {
      const told = await run(['status'], { KIOSK_SECRET: 'wrong' });
      assert.equal(told.code, 3, told.out + told.problem);
      assert.match(told.problem, /E7101/);
      const json = await run(['status', '--json'], { KIOSK_SECRET: 'wrong' });
      assert.equal(json.code, 3);
      assert.equal((JSON.parse(json.out) as { error: { code: string } }).error.code, 'E7101');
    });
  });

  describe('who guesses', () => {
    it('is locked out after five wrong secrets, on the screen and on the command line, with the right one too', async () => {
      await holdEmblem();
      await type('name', technician().name);
      // Two were wrong on the command line already.
      for (let tries = 3; tries <= 5; tries++) {
        const news = await signIn('x');
        assert.ok(news.includes(explain('E7101').depositor.zh), `try ${tries}: ${news}`);
      }
      assert.match(await signIn(technician().secret), /已锁定/);
      const { code, problem } = await kioskService(terminal.stack, ['status']);
      assert.equal(code, 3, problem);
      assert.match(problem, /E7102/);
      assert.deepEqual(
        terminal.journal
          .all('technician.refused')
          .slice(-2)
          .map((entry) => [entry.by, entry.code]),
        [
          ['screen', 'E7102'],
          ['cli', 'E7102'],
        ],
      );
      await terminal.tap('end');
      await terminal.on('attract');
    });
  });

  it('the secret is in no file of the terminal', () => {
    const { terminal: files, logs } = terminal.stack.installation;
    const folders = [files.dataDir, files.socketDir, files.techniciansFile, terminal.stack.configFile, logs];
    assert.deepEqual(filesWith(folders, [technician().secret]), []);
  });
});
