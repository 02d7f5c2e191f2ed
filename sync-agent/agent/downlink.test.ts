import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type CommandOutcome, type DownlinkVersions } from '@kiosk/contract/platform/downlink.ts';
import { type Parameters, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { ending } from '../testing/ending.ts';
import { must } from '../testing/journal.ts';
import { type TestTerminal, agentClient, device, testDeviceHost, testTerminal, until } from '../testing/terminal.ts';
import { startAgent } from './agent.ts';

const parameters = (change: Partial<Parameters>): Parameters => ({ ...SAFE_PARAMETERS, ...change });
const stopped: Parameters['channel'] = {
  state: 'stopped',
  words: { zh: '停电检修', en: 'Power work' },
  instead: { zh: '到窗口', en: 'At the counter' },
};

async function started(t: TestContext, terminal: TestTerminal) {
  const agent = must(
    await startAgent({
      config: terminal.config,
      token: terminal.token,
      version: '0.1.0',
      clock: systemClock,
      random: () => 0.01,
      log: () => {},
      heartbeatMs: 100,
    }),
  );
  ending(t, () => agent.stop());
  return agentClient(t, terminal);
}

/** The first heartbeat of which this is true. */
async function heartbeat(
  terminal: TestTerminal,
  wanted: (body: { applied: DownlinkVersions; commands: CommandOutcome[] }) => boolean,
) {
  for (;;) {
    const { body } = await terminal.platform.called('/v1/heartbeat');
    if (wanted(body as { applied: DownlinkVersions; commands: CommandOutcome[] })) return;
  }
}

const request = (n: number, idNumber?: string) =>
  ({
    sessionId: 'session-1',
    operationId: `operation-${n}`,
    level: 'L0',
    form: { item: 'S01', topicId: 'other' },
    ...(idNumber === undefined ? {} : { person: { idNumber } }),
  }) as const;

test('the centre stops the channel: the next heartbeat brings it, requests are refused, and the one after tells so', async (t) => {
  const terminal = await testTerminal(t);
  const client = await started(t, terminal);
  await until(client, (s) => s.configuration.versions.catalogue === 7);
  must(await client.call('submitRequest', request(1)));
  terminal.platform.send('parameters', 1, parameters({ channel: stopped }));
  const told = heartbeat(terminal, ({ applied }) => applied.parameters === 1);
  const { configuration } = await until(client, (s) => s.configuration.channel.state === 'stopped');
  assert.deepEqual(configuration.channel, stopped);
  const refused = await client.call('submitRequest', request(2));
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E2102');
  must(await client.call('submitRequest', request(1)));
  await told;
  terminal.platform.send('parameters', 2, parameters({}));
  await until(client, (s) => s.configuration.channel.state === 'open');
  must(await client.call('submitRequest', request(2)));
});

test('forged parameters among good ones: the good ones are taken, the forged one leaves its mark and nothing else', async (t) => {
  const terminal = await testTerminal(t);
  const stranger = generateKeyPairSync('ed25519');
  terminal.platform.send('parameters', 3, parameters({ channel: stopped }), { signedBy: stranger });
  terminal.platform.send('parameters', 2, parameters({ heartbeatSeconds: 30 }));
  const client = await started(t, terminal);
  const { configuration } = await until(client, (s) => s.configuration.versions.parameters === 2);
  assert.equal(configuration.channel.state, 'open');
  assert.equal(configuration.refused?.code, 'E2301');
  await until(client, (s) => s.queue.audit.pending === 0 && s.link.state === 'online');
  const refused = terminal.platform.bodies('audit').filter(({ type }) => type === 'downlink.refused');
  assert.equal(refused.length, 1);
});

test('a command runs a self-test; its outcome is in the audit stream and in the heartbeat', async (t) => {
  const terminal = await testTerminal(t);
  const asked: string[] = [];
  const host = await testDeviceHost(t, terminal, {
    selfTest: async ({ deviceId }) => {
      asked.push(deviceId);
      const steps = [{ name: 'paper', passed: false, code: 'E4102' }];
      return { ok: true, value: { deviceId, passed: false, milliseconds: 3, steps } };
    },
  });
  host.publish([device('ready')]);
  const client = await started(t, terminal);
  await until(client, (s) => s.configuration.versions.catalogue === 7);
  terminal.platform.send('command', 1, { name: 'selfTest', deviceId: 'a4-printer' });
  terminal.platform.send('command', 2, { name: 'verifyJournal' });
  const told = heartbeat(terminal, ({ commands }) => commands.length === 2);
  const { configuration } = await until(client, (s) => s.configuration.commands.length === 2);
  assert.deepEqual(configuration.commands, [
    { version: 2, name: 'verifyJournal', outcome: 'done' },
    { version: 1, name: 'selfTest', outcome: 'failed', code: 'E4102' },
  ]);
  await told;
  assert.deepEqual(asked, ['a4-printer'], 'carried out once');
  await until(client, (s) => s.queue.audit.pending === 0);
  const types = terminal.platform.bodies('audit').map(({ type }) => type);
  assert.equal(types.filter((type) => type === 'command.received').length, 2);
  assert.equal(types.filter((type) => type === 'command.settled').length, 2);
});

test('offline, one person leaves so many requests a day and no more; the next person is another', async (t) => {
  const terminal = await testTerminal(t);
  terminal.platform.send('parameters', 1, parameters({ caps: { ...SAFE_PARAMETERS.caps, perPersonDay: 2 } }));
  const client = await started(t, terminal);
  await until(client, ({ configuration: { versions } }) => versions.parameters === 1 && versions.catalogue === 7);
  await terminal.platform.close();
  await until(client, (s) => s.link.state === 'offline');
  const [one, other] = [syntheticPerson('ordinary', '2026-11-21'), syntheticPerson('two-accounts', '2026-11-21')];
  const code = async (n: number, idNumber?: string) => {
    const result = await client.call('submitRequest', request(n, idNumber));
    return result.ok ? 'taken' : result.error.code;
  };
  assert.deepEqual(
    [await code(1, one.idNumber), await code(2, one.idNumber), await code(3, one.idNumber)],
    ['taken', 'taken', 'E2207'],
  );
  assert.equal(await code(4, other.idNumber), 'taken');
  assert.equal(await code(5), 'taken', 'who laid no card is counted by nobody');
  const { configuration } = await until(client, (s) => s.configuration.use.waiting === 4);
  assert.equal(configuration.caps.perPersonDay, 2);
});
