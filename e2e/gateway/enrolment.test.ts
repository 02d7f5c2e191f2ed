import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TestTerminal } from '@kiosk/central-platform/testing/terminal.ts';
import { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { socketPath } from '@kiosk/contract/config.ts';
import { type Clock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { type AgentOptions, startAgent } from '@kiosk/sync-agent/agent/agent.ts';
import { layCable } from '../agent/cable.ts';
import { TECHNICIAN, TERMINAL, provision } from '../agent/provision.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('@kiosk/sync-agent/cli/kiosk-service.ts'));

/** Timers of a minute and more wait until the test lets them fire; TLS looks at the real clock. */
class HandClock implements Clock {
  readonly #held = new Set<{ readonly ms: number; readonly callback: () => void }>();
  now = () => systemClock.now();
  monotonic = () => systemClock.monotonic();
  after(ms: number, callback: () => void): () => void {
    if (ms < 60_000) return systemClock.after(ms, callback);
    const timer = { ms, callback };
    this.#held.add(timer);
    return () => void this.#held.delete(timer);
  }
  fire(from: number, to: number): void {
    const due = [...this.#held].filter(({ ms }) => ms >= from && ms < to);
    assert.equal(due.length, 1, `timers between ${from} and ${to} ms`);
    for (const timer of due) {
      this.#held.delete(timer);
      timer.callback();
    }
  }
}

async function start(t: TestContext) {
  const platform = await startTestPlatform({ parts: { clock: systemClock } });
  const { installation } = platform;
  const cable = await layCable(t, Number(new URL(platform.running.terminalUrl).port));
  const { config, token } = await provision(join(installation.dir, 'terminal'), installation, cable.port);
  const configFile = join(installation.dir, 'terminal.json');
  writeFileSync(configFile, JSON.stringify(config));
  const client = connectService(syncAgent, { path: socketPath(config.socketDir, 'sync-agent'), token });
  const ends: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const end of ends) await end();
    client.close();
    await platform.end();
  });
  const begin = async (more: Partial<AgentOptions> = {}) => {
    const options = { config, token, version: '0.1.0', clock: systemClock, random: () => 0.01, log: () => {} };
    const agent = await startAgent({ ...options, heartbeatMs: 100, ...more });
    if (agent.ok) ends.push(() => agent.value.stop());
    return agent;
  };
  const until = (wanted: (snapshot: Snapshot<typeof syncAgent>) => boolean) =>
    new Promise<Snapshot<typeof syncAgent>>((resolve) => {
      const off = client.onSnapshot((snapshot) => {
        if (snapshot === undefined || !wanted(snapshot)) return;
        resolve(snapshot);
        queueMicrotask(() => off());
      });
    });
  const newCode = async () => {
    const path = `terminals/${TERMINAL}/enrolment-codes`;
    const answer = await platform.management(path, { method: 'POST', body: '{}' });
    return ((await answer.json()) as { code: string }).code;
  };
  const service = (...args: string[]) =>
    new Promise<{ code: number; out: string; problem: string }>((resolve) => {
      const env = { LC_ALL: 'en_US.UTF-8', KIOSK_CONFIG: configFile };
      const technician = { KIOSK_TECHNICIAN: TECHNICIAN.name, KIOSK_SECRET: TECHNICIAN.secret };
      const options = { env: { ...process.env, ...env, ...technician } };
      execFile(process.execPath, [PROGRAM, ...args], options, (error, out, problem) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, problem }),
      );
    });
  const { certificateFile, keyFile } = config.platform;
  const files = { certificateFile, keyFile, signingKeyFile: config.signingKeyFile };
  return { platform, cable, config, begin, until, newCode, service, files };
}

test('a new machine: a wrong code keeps its keys, the right one brings it online with its journal', async (t) => {
  const { begin, service, newCode, until, files } = await start(t);
  for (const file of Object.values(files)) rmSync(file);
  const early = await begin();
  assert.match(early.ok ? 'started' : `${early.error.code} ${early.error.detail}`, /E8101 .*kiosk-service enrol/);

  const code = await newCode();
  const wrong = await service('enrol', '--code', '00000-00000');
  assert.equal(wrong.code, 3, wrong.out + wrong.problem);
  assert.match(wrong.problem, /E3111[\s\S]*Keys are kept/);
  const signingKey = readFileSync(files.signingKeyFile, 'utf8');
  const right = await service('enrol', '--code', code.toLowerCase());
  assert.equal(right.code, 0, right.out + right.problem);
  assert.match(right.out, /Enrolled[\s\S]*start the sync-agent/);
  assert.equal(readFileSync(files.signingKeyFile, 'utf8'), signingKey);

  const agent = await begin();
  assert.ok(agent.ok, 'the agent starts with what was enrolled');
  const online = await until((s) => s.link.state === 'online' && s.queue.audit.pending === 0);
  assert.equal(online.queue.audit.stopped, undefined, 'its heads are signed with the key it enrolled');
  const meanwhile = await service('enrol', '--code', code);
  assert.equal(meanwhile.code, 1);
  assert.match(meanwhile.problem, /stop the sync-agent first/);
});

test('the answer to an enrolment is lost: asked again with the same code, the same keys get the certificate that was issued', async (t) => {
  const { service, newCode, files, platform } = await start(t);
  const before = readFileSync(files.certificateFile, 'utf8');
  const { authority } = platform.installation;
  const stranger = new TestTerminal({
    ...{ terminalId: TERMINAL, url: platform.running.terminalUrl, ca: authority.ca, credentials: undefined },
    signingKey: undefined,
  });
  t.after(() => stranger.hangUp());
  // The platform does what it is asked, and nobody hears of it.
  const answers: number[] = [];
  const server = createServer(await authority.issue('localhost', 'server'), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void stranger.send('POST', request.url!, JSON.parse(Buffer.concat(chunks).toString())).then(({ status }) => {
        answers.push(status);
        response.destroy();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => void (server.close(), server.closeAllConnections()));
  const lossy = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const code = await newCode();
  const lost = await service('enrol', '--code', code, '--platform', lossy);
  assert.equal(lost.code, 1, lost.out + lost.problem);
  assert.match(lost.problem, /E310[12][\s\S]*same code/);
  assert.deepEqual(answers, [200]);
  const drafted = readFileSync(`${files.keyFile}.next`, 'utf8');
  assert.equal(readFileSync(files.certificateFile, 'utf8'), before, 'what was in use is in use');
  const again = await service('enrol', '--code', code);
  assert.equal(again.code, 0, again.out + again.problem);
  const issued = (await (await platform.management(`events`)).json()) as { code: string }[];
  assert.ok(!issued.some((event) => event.code === 'E3111'), 'nobody is alarmed');
  assert.equal(readFileSync(files.keyFile, 'utf8'), drafted);
  assert.equal(readFileSync(`${files.certificateFile}.before`, 'utf8'), before);
});

test('a certificate near its end is renewed by the agent itself, as soon as the platform is there, without a restart', async (t) => {
  const { begin, until, cable, platform, files, service } = await start(t);
  const { authority } = platform.installation;
  const old = await authority.issue(TERMINAL, 'client', { from: -1, to: 0.2 });
  writeFileSync(files.certificateFile, old.cert);
  writeFileSync(files.keyFile, old.key);
  const clock = new HandClock();
  assert.ok((await begin({ clock })).ok);
  const { link } = await until((s) => s.link.state === 'online');
  assert.equal(link.certificateRenewedAt, undefined);

  cable.cut(true);
  clock.fire(60_001, 120_000);
  const failed = await until((s) => s.link.certificateCode !== undefined);
  assert.equal(failed.link.certificateCode, 'E3101');
  assert.match((await service('status')).out, /Certificate not renewed\s+E3101/);
  assert.equal(readFileSync(files.certificateFile, 'utf8'), old.cert);

  cable.cut(false);
  await until((s) => s.link.state === 'online');
  // The journal's upkeep takes five minutes for its first look, renewal tries again after ten.
  clock.fire(600_000, 600_001);
  const renewed = await until((s) => s.link.certificateRenewedAt !== undefined && s.queue.audit.pending === 0);
  assert.equal(renewed.link.certificateCode, undefined);
  assert.ok(renewed.link.certificateExpiresAt! > link.certificateExpiresAt!);
  assert.equal(readFileSync(`${files.certificateFile}.before`, 'utf8'), old.cert);
  assert.notEqual(readFileSync(files.keyFile, 'utf8'), old.key);
  const shown = await service('journal', 'show', '--stream', 'audit', '--type', 'certificate.renewed');
  assert.match(shown.out, /certificate\.renewed/, shown.problem);

  const { terminalUrl } = platform.running;
  const withOld = new TestTerminal({
    ...{ terminalId: TERMINAL, url: terminalUrl, ca: authority.ca, credentials: old, signingKey: undefined },
  });
  t.after(() => withOld.hangUp());
  // Shown by the agent's own calls: the platform has ended the one before.
  await until((s) => s.link.state === 'online' && s.link.since > 0);
  const refused = await withOld.call('downlink', { applied: { catalogue: 0, parameters: 0, command: 0 } });
  assert.deepEqual([refused.status, (refused.body as { code?: string }).code], [403, 'E3109']);
});
