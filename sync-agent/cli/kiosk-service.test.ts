import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, running } from '../testing/cli.ts';
import { must, sample } from '../testing/journal.ts';
import { TECHNICIAN, device, testTerminal, until } from '../testing/terminal.ts';
import { layOut, width } from './layout.ts';

test('a technician looks at the machine: all well is 0, a jammed printer is 1 with code and what to do', async (t) => {
  const { terminal, host } = await running(t);
  const well = await run(terminal, ['status']);
  assert.equal(well.code, 0, well.out + well.problem);
  assert.match(well.out, /003017/);
  assert.match(well.out, /online/);
  host.publish([device('fault', 'E4103')]);
  const chinese = await run(terminal, ['devices', '--lang', 'zh']);
  assert.equal(chinese.code, 1);
  assert.match(chinese.out, /A4 打印机\s+故障/);
  assert.match(chinese.out, /E4103 {2}\S/);
  const json = await run(terminal, ['devices', '--json']);
  assert.deepEqual(JSON.parse(json.out)[0].code, 'E4103');
});

test('queue, link, journal and self-test answer people and scripts', async (t) => {
  const { terminal, client } = await running(t);
  must(await client.call('record', { data: sample.business(1) }));
  await until(client, (s) => s.queue.business.pending === 0);
  for (const [args, pattern] of [
    [['queue'], /business\s+0/],
    [['link'], /TLS and certificates\s+passed/],
    [['journal', 'verify'], /business\s+1\s+intact/],
    [['test', 'all'], /a4-printer[\s\S]*passed/],
  ] as const) {
    const { code, out, problem } = await run(terminal, args);
    assert.equal(code, 0, `${args.join(' ')}: ${out}${problem}`);
    assert.match(out, pattern);
    const json = await run(terminal, [...args, '--json']);
    assert.doesNotThrow(() => JSON.parse(json.out), `${args.join(' ')} --json`);
  }
  const nobody = await run(terminal, ['test', 'scanner']);
  assert.equal(nobody.code, 1);
  assert.match(nobody.problem, /E9005[\s\S]*no such device: scanner/);
  await until(client, (s) => s.queue.audit.pending === 0);
  assert.ok(
    terminal.platform.bodies('audit').some((e) => e.type === 'device.tested' && e.technician === TECHNICIAN.name),
  );
});

test('a wrong secret is 3, wrong usage 2, and a secret comes from a file but never from an argument', async (t) => {
  const { terminal } = await running(t);
  const wrong = await run(terminal, ['queue'], { KIOSK_SECRET: 'guess' });
  assert.equal(wrong.code, 3);
  assert.match(wrong.problem, /E7101/);
  const file = join(terminal.folder, 'secret');
  writeFileSync(file, TECHNICIAN.secret + '\n');
  assert.equal((await run(terminal, ['queue', '--secret-file', file], { KIOSK_SECRET: '' })).code, 0);
  for (const args of [[], ['nonsense'], ['test'], ['journal'], ['queue', '--secret', 'x']]) {
    const { code, problem } = await run(terminal, args);
    assert.equal(code, 2, args.join(' '));
    assert.match(problem, /Usage/);
  }
});

test('without the agent: the version is told, everything else says that it does not run', async (t) => {
  const terminal = await testTerminal(t);
  const [version, status] = await Promise.all([run(terminal, ['version']), run(terminal, ['status'])]);
  assert.equal(version.code, 1);
  assert.match(version.out, /sync-agent\s+-\s+E9003/);
  assert.equal(status.code, 4);
  assert.match(status.problem, /E9003/);
});

test('columns line up when Chinese and Latin are mixed', () => {
  const text = layOut([
    {
      title: '设备',
      rows: [
        ['身份证阅读器', 'x'],
        ['a4', 'y'],
      ],
    },
  ]);
  const columns = text
    .split('\n')
    .slice(1)
    .map((line) => width(line.slice(0, line.search(/[xy]$/))));
  assert.deepEqual(columns, [16, 16]);
});
