import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkBundle } from '@kiosk/contract/journal/bundle-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { startAgent } from '../agent/agent.ts';
import { run, running } from '../testing/cli.ts';
import { ending } from '../testing/ending.ts';
import { must, sample } from '../testing/journal.ts';
import { agentClient, testTerminal, until } from '../testing/terminal.ts';

test('with the agent running: entries are listed, a backup and a bundle are made, a restore is refused', async (t) => {
  const { terminal, client } = await running(t);
  for (let n = 1; n <= 3; n++) must(await client.call('record', { data: sample.business(n) }));
  const shown = await run(terminal, ['journal', 'show', '--stream', 'business']);
  assert.equal(shown.code, 0, shown.problem);
  assert.match(shown.out, /business {2}3 +\S+ \S+ {2}service\.rated[\s\S]*business {2}1 /);
  const one = await run(terminal, ['journal', 'show', '--type', 'technician', '--limit', '1', '--json']);
  assert.deepEqual(Object.keys(JSON.parse(one.out)[0]), ['stream', 'seq', 'at', 'type']);
  assert.equal((await run(terminal, ['journal', 'show', '--stream', 'gossip'])).code, 1);

  const backup = await run(terminal, ['journal', 'backup', '--json']);
  assert.equal(backup.code, 0, backup.problem);
  const { file: copy } = JSON.parse(backup.out) as { file: string };
  assert.ok(existsSync(copy));
  await until(client, (s) => s.journal.backup?.at !== null);

  const stick = join(terminal.folder, 'stick');
  mkdirSync(stick);
  const exported = await run(terminal, ['journal', 'export', stick, '--json']);
  assert.equal(exported.code, 0, exported.problem);
  assert.match(exported.problem, /written \d+ \/ \d+/);
  const { file } = JSON.parse(exported.out) as { file: string };
  const key = createPublicKey(readFileSync(terminal.config.signingKeyFile));
  const { header } = must(await checkBundle(createReadStream(file), key));
  assert.deepEqual(
    header.streams.filter(({ stream }) => stream === 'business').map(({ upToSeq }) => upToSeq),
    [3],
  );
  const refused = await run(terminal, ['journal', 'restore', file]);
  assert.equal(refused.code, 1);
  assert.match(refused.problem, /stop the sync-agent first/);
});

test('without the agent: the same technician, the same commands, and whoever came is in the journal', async (t) => {
  const terminal = await testTerminal(t);
  const options = { token: terminal.token, version: '0.1.0', clock: systemClock, random: Math.random, log: () => {} };
  const agent = must(await startAgent({ config: terminal.config, ...options }));
  await agent.stop();
  const stick = join(terminal.folder, 'stick');
  mkdirSync(stick);
  const stranger = await run(terminal, ['journal', 'verify'], { KIOSK_SECRET: 'guess' });
  assert.equal(stranger.code, 3);
  const verified = await run(terminal, ['journal', 'verify']);
  assert.equal(verified.code, 0, verified.problem);
  assert.match(verified.out, /audit +\d+ +intact/);
  const exported = await run(terminal, ['journal', 'export', stick]);
  assert.equal(exported.code, 0, exported.problem);
  const shown = await run(terminal, ['journal', 'show', '--stream', 'audit', '--json']);
  const types = (JSON.parse(shown.out) as { type: string }[]).map(({ type }) => type);
  assert.ok(types.includes('technician.signedIn') && types.includes('journal.exported'), types.join());
  const [bundle] = readdirSync(stick);
  const restored = await run(terminal, ['journal', 'restore', join(stick, bundle!)]);
  assert.equal(restored.code, 0, restored.problem);
  assert.match(restored.out, /kept as +\S+journal\.db\.replaced-1/);
});

test('a restored terminal takes nothing until the platform was asked, then ends to be started anew, and works', async (t) => {
  const terminal = await testTerminal(t);
  const options = {
    config: terminal.config,
    token: terminal.token,
    version: '0.1.0',
    clock: systemClock,
    random: Math.random,
    log: () => {},
    heartbeatMs: 200,
  };
  let stop: () => Promise<void> = async () => {};
  const start = async (onRejoined: () => void = () => {}) => {
    ({ stop } = must(await startAgent({ ...options, onRejoined })));
  };
  ending(t, () => stop());
  await start();
  const client = agentClient(t, terminal);
  await until(client, (s) => s.link.state === 'online');
  for (let n = 1; n <= 5; n++) must(await client.call('record', { data: sample.business(n) }));
  await terminal.platform.holds('business', 5);
  const stick = join(terminal.folder, 'stick');
  mkdirSync(stick);
  assert.equal((await run(terminal, ['journal', 'export', stick])).code, 0);
  for (let n = 6; n <= 9; n++) must(await client.call('record', { data: sample.business(n) }));
  await terminal.platform.holds('business', 9);
  await terminal.platform.close();
  await stop();

  // Another disk: only what was on the stick.
  rmSync(join(terminal.config.dataDir, 'journal.db'));
  const [bundle] = readdirSync(stick);
  const restored = await run(terminal, ['journal', 'restore', join(stick, bundle!)]);
  assert.equal(restored.code, 0, restored.problem);

  let rejoined = () => {};
  const ended = new Promise<void>((resolve) => (rejoined = resolve));
  await start(rejoined);
  const held = await until(client, (s) => !s.accepting);
  assert.equal(held.journal.code, 'E6107');
  const refused = await client.call('record', { data: sample.business(10) });
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6107');
  await terminal.platform.listen(terminal.authority, terminal.port);
  await ended;
  await stop();

  await start();
  await until(client, (s) => s.accepting && s.link.state === 'online');
  const placed = must(await client.call('record', { data: sample.business(10) }));
  assert.equal(placed.seq, 10, 'behind everything the platform has');
  await terminal.platform.holds('business', 10);
  while (!terminal.platform.bodies('audit').some(({ type }) => type === 'journal.rejoined')) {
    await terminal.platform.keeps();
  }
});
