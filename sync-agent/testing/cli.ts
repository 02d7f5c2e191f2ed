import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Handlers } from '@kiosk/contract/rpc/server.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { startAgent } from '../agent/agent.ts';
import { ending } from './ending.ts';
import { must } from './journal.ts';
import { TECHNICIAN, type TestTerminal, agentClient, testDeviceHost, testTerminal, until } from './terminal.ts';

const PROGRAM = fileURLToPath(new URL('../cli/kiosk-service.ts', import.meta.url));

/** The command as a technician runs it; `onOut` sees what it has said so far and may interrupt it. */
export async function run(
  { configFile }: TestTerminal,
  args: readonly string[],
  env: Record<string, string> = {},
  onOut: (out: string, interrupt: () => void) => void = () => {},
  onProblem: (problem: string, interrupt: () => void) => void = () => {},
) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      KIOSK_CONFIG: configFile,
      KIOSK_TECHNICIAN: TECHNICIAN.name,
      KIOSK_SECRET: TECHNICIAN.secret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let interrupted = false;
  /** Once: a second interrupt ends a program whatever it is doing. */
  const interrupt = () => {
    if (!interrupted) child.kill('SIGINT');
    interrupted = true;
  };
  let out = '';
  let problem = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onOut(out, interrupt);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    problem += chunk.toString();
    onProblem(problem, interrupt);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, problem };
}

/** A terminal with its agent and a device-host, online. */
export async function running(t: TestContext, replaced: Partial<Handlers<typeof deviceHost>> = {}) {
  const terminal = await testTerminal(t);
  const host = await testDeviceHost(t, terminal, replaced);
  const agent = must(
    await startAgent({
      config: terminal.config,
      token: terminal.token,
      version: '0.1.0',
      clock: systemClock,
      random: Math.random,
      log: () => {},
      heartbeatMs: 200,
    }),
  );
  ending(t, () => agent.stop());
  const client = agentClient(t, terminal);
  await until(client, (s) => s.link.state === 'online');
  return { terminal, host, client };
}
