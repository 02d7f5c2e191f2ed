import assert from 'node:assert/strict';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { createTestAuthority } from '../testing/authority.ts';
import { startTestPlatform, TERMINALS } from '../testing/installation.ts';
import { TestTerminal, type Answer } from '../testing/terminal.ts';

const NOTHING_YET = { catalogue: 0, parameters: 0, command: 0 };

async function start(t: TestContext, config: Parameters<typeof startTestPlatform>[0] = {}) {
  const platform = await startTestPlatform(config);
  t.after(() => platform.end());
  /** A caller with exactly these papers. */
  const caller = (credentials: { cert: string; key: string } | undefined, terminalId = TERMINALS[0]) => {
    const { ca } = platform.installation.authority;
    const terminal = new TestTerminal({ terminalId, url: platform.running.terminalUrl, ca, credentials });
    t.after(() => terminal.hangUp());
    return terminal;
  };
  return { platform, caller };
}

function refused(answer: Answer, status: number, code: string, why: RegExp): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  const body = answer.body as { code: string; detail?: string };
  assert.equal(body.code, code);
  assert.match(body.detail ?? '', why);
}

test('a caller without papers, or with papers of somebody else, is told why it is refused', async (t) => {
  const { platform, caller } = await start(t);
  const { authority } = platform.installation;
  const stranger = await createTestAuthority('another authority');
  const cases = [
    [caller(undefined), 'E3105', /no client certificate/],
    [caller(await stranger.issue(TERMINALS[0], 'client')), 'E3105', /certificate refused/],
    [caller(await authority.issue(TERMINALS[0], 'client', { from: -2, to: -1 })), 'E3110', /CERT_HAS_EXPIRED/],
    [caller(await authority.issue(TERMINALS[0], 'client', { from: 1, to: 2 })), 'E3110', /CERT_NOT_YET_VALID/],
    [caller(await authority.issue(TERMINALS[0], 'server')), 'E3105', /certificate refused/],
    [caller(await authority.issue('kiosk', 'client')), 'E3105', /no terminal number/],
    [caller(await authority.issue('999999', 'client')), 'E3105', /not registered/],
  ] as const;
  for (const [who, code, why] of cases) {
    refused(await who.call('downlink', { applied: NOTHING_YET }), 403, code, why);
    // Before anything of a body is looked at.
    refused(await who.send('POST', '/v1/streams/business/batches', '{"broken'), 403, code, why);
  }
});

test('a revoked terminal is out with its next request, and back when it is admitted again', async (t) => {
  const { platform } = await start(t);
  const terminal = await platform.terminal();
  const set = (state: string) =>
    platform.management(`terminals/${TERMINALS[0]}/state`, { method: 'POST', body: JSON.stringify({ state }) });
  await terminal.ask('downlink', { applied: NOTHING_YET });
  assert.equal((await set('revoked')).status, 200);
  refused(await terminal.call('downlink', { applied: NOTHING_YET }), 403, 'E3108', /revoked: maintenance/);
  await set('admitted');
  await terminal.ask('downlink', { applied: NOTHING_YET });
});

test('a terminal that asks too often is told when to come back, and the others are not disturbed', async (t) => {
  const limits = { terminalPerSecond: 1, terminalBurst: 3 };
  const { platform } = await start(t, { config: { limits } });
  const hasty = await platform.terminal();
  for (let i = 0; i < 3; i++) await hasty.ask('downlink', { applied: NOTHING_YET });
  const answer = await hasty.call('downlink', { applied: NOTHING_YET });
  refused(answer, 429, 'E3106', /^1 s$/);
  assert.equal(answer.headers['retry-after'], '1');
  await (await platform.terminal(TERMINALS[1])).ask('downlink', { applied: NOTHING_YET });
  platform.clock.advance(1000);
  await hasty.ask('downlink', { applied: NOTHING_YET });
});

test('nonsense is answered with a code and nothing of the inside', async (t) => {
  const { platform } = await start(t);
  const terminal = await platform.terminal();
  const cases: [Answer, number][] = [
    [await terminal.send('GET', '/v1/nothing/../../etc/passwd'), 404],
    [await terminal.send('GET', '/v1/streams/everything/head'), 404],
    [await terminal.send('POST', '/v1/identity/codes', '{"name":'), 400],
    [await terminal.send('POST', '/v1/identity/codes', { name: 1, idNumber: null }), 400],
    [await terminal.send('POST', '/v1/identity/codes'), 400],
    [await terminal.send('POST', '/v1/identity/codes', Buffer.alloc(128 * 1024, ' ')), 413],
  ];
  for (const [{ status, body }, expected] of cases) {
    assert.equal(status, expected, JSON.stringify(body));
    assert.equal((body as { code: string }).code, 'E9005');
    assert.ok(!JSON.stringify(body).includes('at '), 'no stack to a caller');
  }
});

test('an old TLS version does not get in', async (t) => {
  const { platform } = await start(t);
  const { port } = new URL(platform.running.terminalUrl);
  const { ca } = platform.installation.authority;
  // Security level 0, or our own side would refuse before the server can.
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const socket = connect({ host: '127.0.0.1', port: Number(port), ca, ...old });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
});

test('a heartbeat leaves what the machine says of itself where the staff can see it', async (t) => {
  const { platform } = await start(t);
  const terminal = await platform.terminal();
  const content = {
    programVersion: '0.1.0',
    applied: NOTHING_YET,
    commands: [],
    devices: [{ id: 'a4', state: 'fault', code: 'E4102' }],
    pending: { business: 2 },
  };
  const { serverTime, downlink } = await terminal.ask('heartbeat', content);
  assert.equal(serverTime, platform.clock.now());
  assert.deepEqual([downlink.catalogue > 0, downlink.parameters > 0, downlink.command], [true, true, 0]);
  const terminals = (await (await platform.management('terminals')).json()) as {
    terminalId: string;
    heartbeat: unknown;
  }[];
  assert.deepEqual(terminals.find((one) => one.terminalId === TERMINALS[0])!.heartbeat, content);
});

test('a terminal whose clock is wrong is told the time with every heartbeat, and the centre once', async (t) => {
  const { platform } = await start(t);
  const terminal = await platform.terminal();
  const beat = (aheadMs?: number) =>
    terminal.ask('heartbeat', {
      programVersion: '0.1.0',
      ...(aheadMs === undefined ? {} : { at: platform.clock.now() + aheadMs }),
      applied: NOTHING_YET,
      commands: [],
      devices: [],
      pending: {},
    });
  const events = async () =>
    ((await (await platform.management('events')).json()) as { code: string; detail: string }[])
      .filter(({ code }) => code === 'E3113')
      .map(({ detail }) => detail);
  for (const aheadMs of [undefined, 0, 120_000, -120_000]) assert.equal((await beat(aheadMs)).clock, undefined);
  for (let i = 0; i < 3; i++) {
    platform.clock.advance(15_000);
    const { serverTime, clock } = await beat(-300_000);
    assert.deepEqual([serverTime, clock], [platform.clock.now(), { code: 'E3113', aheadMs: -300_000 }]);
  }
  assert.deepEqual(await events(), ['clock is -300 s ahead']);
  await beat(1_000);
  await beat(200_000);
  assert.deepEqual(await events(), ['clock is 200 s ahead', 'clock is -300 s ahead']);
});
