import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind, DeviceStatus, IdCard } from '@kiosk/contract/services/device-host.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { run, running } from '../testing/cli.ts';
import { device, until } from '../testing/terminal.ts';
import { testPage } from './test-page.ts';

const PERSON = syntheticPerson('ordinary', '2026-11-21');
const CARD: IdCard = {
  kind: 'resident',
  name: PERSON.name,
  sex: PERSON.sex,
  nation: PERSON.nation,
  birthDate: PERSON.birthDate,
  address: PERSON.address,
  idNumber: PERSON.idNumber,
  issuer: PERSON.issuer,
  validFrom: PERSON.validFrom,
  validTo: null,
};

const machine = (id: string, kind: DeviceKind, changes: Partial<DeviceStatus> = {}): DeviceStatus => ({
  ...device('ready'),
  id,
  kind,
  counters: {},
  ...changes,
});
const PRINTER = machine('slip-printer', 'slipPrinter', {
  warnings: ['E4209'],
  supplies: [{ kind: 'paper', level: 'low' }],
  capabilities: { type: 'receipt', control: ['cut'] },
});
const ALL = [machine('id-reader', 'idCardReader'), PRINTER, device('ready')];

test('what there is, what it can do, and how it is: words for people, JSON for scripts', async (t) => {
  const { terminal, host } = await running(t, {
    deviceHistory: async ({ deviceId }) =>
      deviceId === 'slip-printer' ? ok({ changes: [{ at: 1, state: 'fault', code: 'E4202' }] }) : fail('E9005'),
  });
  host.publish(ALL);
  const list = await run(terminal, ['devices', 'list']);
  assert.equal(list.code, 0, list.problem);
  assert.match(list.out, /slip-printer\s+slip printer\s+\S+\s+-\s+type receipt, control cut/);
  const status = await run(terminal, ['devices', 'status', 'slip-printer', '--lang', 'zh']);
  assert.equal(status.code, 0, 'a warning is no fault');
  assert.match(status.out, /提醒\s+E4209/);
  assert.match(status.out, /耗材\s+纸\s+将尽/);
  const json = await run(terminal, ['devices', 'status', '--json']);
  assert.deepEqual(
    (JSON.parse(json.out) as DeviceStatus[]).map(({ id }) => id),
    ['id-reader', 'slip-printer', 'a4-printer'],
  );
  host.publish([machine('slip-printer', 'slipPrinter', { state: 'fault', code: 'E4202' })]);
  assert.equal((await run(terminal, ['devices', 'status'])).code, 1, 'a fault is 1 for scripts');
  assert.match((await run(terminal, ['devices', 'history', 'slip-printer'])).out, /fault\s+E4202/);
  const nobody = await run(terminal, ['devices', 'status', 'scanner']);
  assert.equal(nobody.code, 1);
  assert.match(nobody.problem, /E9005/);
});

test('devices are tested side by side; a step that failed says why it is made and what to do', async (t) => {
  let waiting = 0;
  const together = Promise.withResolvers<void>();
  const { terminal, host, client } = await running(t, {
    async selfTest({ deviceId }) {
      if (++waiting === ALL.length) together.resolve();
      await together.promise;
      const passed = deviceId !== 'slip-printer';
      const step = { name: 'paper', passed, milliseconds: 12, ...(passed ? {} : { code: 'E4202' }) };
      return ok({ deviceId, passed, milliseconds: 12, steps: [step] });
    },
  });
  host.publish(ALL);
  const { code, out, problem } = await run(terminal, ['devices', 'self-test', 'all']);
  assert.equal(code, 1);
  assert.match(problem, /id-reader\s+passed/, 'it is not told how far the tests have come');
  assert.match(out, /paper\s+failed\s+12 ms/);
  assert.match(out, /whether there is paper/);
  assert.match(out, /what to do\s+E4202/);
  await until(client, (s) => s.queue.audit.pending === 0);
  const tested = terminal.platform.bodies('audit').filter(({ type }) => type === 'device.tested');
  assert.equal(tested.length, ALL.length);
});

test('a card read on trial shows nothing but masks', async (t) => {
  const { terminal, host } = await running(t, { readIdCard: async () => ok(CARD) });
  host.publish(ALL);
  for (const form of [[], ['--json']]) {
    const { code, out, problem } = await run(terminal, ['devices', 'read', 'id-reader', ...form]);
    assert.equal(code, 0, problem);
    assert.ok(out.includes(`${[...PERSON.name][0]}*`));
    for (const secret of [PERSON.name, PERSON.idNumber, PERSON.birthDate, PERSON.address]) {
      assert.ok(!(out + problem).includes(secret), 'what stands on the card is shown');
    }
  }
  const printer = await run(terminal, ['devices', 'read', 'slip-printer']);
  assert.equal(printer.code, 1, 'a printer reads nothing');
});

test('a test slip and a test page are operations like any other, and their end decides the exit code', async (t) => {
  const operations: string[] = [];
  const { terminal, host, client } = await running(t, {
    printSlip: async ({ operationId }) => {
      operations.push(operationId);
      return ok({ outcome: 'done', printed: 1 });
    },
    printDocument: async ({ operationId, pdfBase64 }) => {
      operations.push(operationId);
      assert.match(Buffer.from(pdfBase64, 'base64').toString('latin1'), /^%PDF-1\.4[\s\S]*%%EOF\n$/);
      return ok({ outcome: 'unknown', code: 'E4107', printed: 0 });
    },
  });
  host.publish(ALL);
  const slip = await run(terminal, ['devices', 'print', 'slip-printer']);
  assert.equal(slip.code, 0, slip.problem);
  assert.match(slip.out, /Result\s+done[\s\S]*Slips\s+1/);
  const page = await run(terminal, ['devices', 'print', 'a4-printer']);
  assert.equal(page.code, 1);
  assert.match(page.out, /unknown\s+E4107[\s\S]*Pages\s+0/);
  assert.equal(new Set(operations).size, 2);
  await until(client, (snapshot) => snapshot.queue.audit.pending === 0);
  const took = terminal.platform.bodies('audit').flatMap((data) => (data.type === 'device.tested' ? [data] : []));
  assert.deepEqual(
    took.map(({ slips, sheets }) => [slips, sheets]),
    [
      [1, undefined],
      [undefined, 0],
    ],
    'its paper is accounted for: the counter of the printer says so too',
  );
});

test('a page that is interrupted is what the device-host knows of it, and not what the command guesses', async (t) => {
  for (const [outcome, exit] of [
    ['done', 0],
    ['unknown', 1],
  ] as const) {
    const { terminal, host } = await running(t, {
      async printDocument(_input, { signal, progress }) {
        progress({ printed: 0, stoppedBy: 'E4102' });
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        return fail('E9001');
      },
      findOperation: async ({ operationId }) => ok({ operationId, state: outcome, printed: 1 }),
    });
    host.publish(ALL);
    const page = await run(terminal, ['devices', 'print', 'a4-printer'], {}, undefined, (said, interrupt) => {
      if (said.includes('E4102')) interrupt();
    });
    assert.equal(page.code, exit, page.problem);
    assert.match(page.problem, /E4102/, 'what the page waits for is not told');
    assert.match(page.out, new RegExp(`Result\\s+${outcome}`));
  }
});

test('a bank card read on trial comes out again, also when the technician gave up', async (t) => {
  let ejected = 0;
  const { terminal, host } = await running(t, {
    async readBankCard(_input, { signal, progress }) {
      progress({ step: 'inserted' });
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      return fail('E9001');
    },
    async ejectCard() {
      ejected++;
      return ok({});
    },
  });
  host.publish([machine('bank-card', 'bankCardReader', { counters: { cardsRetained: 2 } })]);
  const args = ['devices', 'read', 'bank-card'];
  const read = await run(terminal, args, {}, undefined, (said, interrupt) => {
    if (said.includes('card inserted')) interrupt();
  });
  assert.deepEqual([read.code, ejected], [1, 1]);
  assert.match((await run(terminal, ['devices', 'status', 'bank-card'])).out, /cards retained\s+2/);
});

test("a vendor's library is a device like any other", async (t) => {
  const { terminal, host } = await running(t, {
    selfTest: async ({ deviceId }) =>
      ok({
        ...{ deviceId, passed: false, milliseconds: 3 },
        steps: [{ name: 'says who it is', passed: false, milliseconds: 3, code: 'E1701' }],
      }),
  });
  const plugin = machine('photo-decoder', 'vendorPlugin', {
    ...{ driver: 'vendor-plugin', identity: 'decoder 2.1', state: 'offline', code: 'E1701' },
    capabilities: { vendor: ['photo'] },
  });
  host.publish([plugin]);
  const list = await run(terminal, ['devices', 'list']);
  assert.match(list.out, /photo-decoder\s+vendor plug-in\s+vendor-plugin\s+decoder 2\.1\s+vendor photo/);
  const status = await run(terminal, ['devices', 'status', 'photo-decoder']);
  assert.equal(status.code, 1);
  assert.match(status.out, /offline\s+E1701/);
  const tested = await run(terminal, ['devices', 'self-test', 'photo-decoder']);
  assert.equal(tested.code, 1);
  assert.match(tested.out, /says who it is\s+failed[\s\S]*whether it starts[\s\S]*E1701/);
});

test('without the device-host every command says so and exits with 4', async (t) => {
  const { terminal, host } = await running(t);
  await host.stop();
  const commands = [['list'], ['self-test', 'all'], ['trace', 'a', 'on']];
  const answers = await Promise.all(commands.map((args) => run(terminal, ['devices', ...args])));
  for (const { code, problem } of answers) {
    assert.equal(code, 4, problem);
    assert.match(problem, /E9003/);
  }
});

test('what is watched comes as it changes and ends with an interrupt', async (t) => {
  const { terminal, host } = await running(t);
  host.publish(ALL);
  let published = false;
  const { code, out } = await run(terminal, ['devices', 'watch', 'a4-printer', '--json'], {}, (said, interrupt) => {
    if (said.includes('E4103')) return interrupt();
    if (published) return;
    published = true;
    host.publish([device('fault', 'E4103')]);
  });
  assert.equal(code, 0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { deviceId: string; state: string });
  assert.deepEqual(
    lines.map(({ deviceId, state }) => [deviceId, state]),
    [
      ['a4-printer', 'ready'],
      ['a4-printer', 'fault'],
    ],
  );
});

test('a trace is switched on, shown as it comes, and switched off when it is interrupted', async (t) => {
  const set: boolean[] = [];
  const { terminal, host } = await running(t, {
    async setTrace({ on }) {
      set.push(on);
      return ok({});
    },
    async readTrace({ follow }, { signal, progress }) {
      progress({ at: 0, direction: 'out', hex: 'AA AA AA 96 69' });
      if (follow) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return ok({});
    },
  });
  host.publish(ALL);
  const follow = await run(terminal, ['devices', 'trace', 'id-reader'], {}, (_said, interrupt) => interrupt());
  assert.equal(follow.code, 0, follow.problem);
  assert.match(follow.out, /▶ {2}AA AA AA 96 69/);
  assert.deepEqual(set, [true, false]);
  const shown = await run(terminal, ['devices', 'trace', 'id-reader', 'show', '--json']);
  assert.equal((JSON.parse(shown.out) as { hex: string }).hex, 'AA AA AA 96 69');
});

test('what nobody can mean is the usage and exit code 2', async (t) => {
  const { terminal } = await running(t);
  for (const args of [
    ['devices', 'dance'],
    ['devices', 'read'],
    ['devices', 'trace', 'a', 'b', 'c'],
    ['devices', 'trace', 'id-reader', 'backwards'],
  ]) {
    const { code, problem } = await run(terminal, args);
    assert.equal(code, 2, args.join(' '));
    assert.match(problem, /Usage/);
  }
});

test('places in the test page are where its table says', () => {
  const file = testPage('TEST-1', '2026-11-21 14:08').toString('latin1');
  const table = Number(/startxref\n(\d+)/.exec(file)?.[1]);
  const places = [...file.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map(([, place]) => Number(place));
  assert.equal(places.length, 5);
  for (const [i, place] of places.entries()) assert.ok(file.slice(place).startsWith(`${i + 1} 0 obj`));
});
