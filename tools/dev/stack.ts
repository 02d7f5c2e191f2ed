import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfigInput } from '@kiosk/central-platform/config.ts';
import { seedInstallation } from '@kiosk/central-platform/testing/console-seed.ts';
import { FORGETFUL } from '@kiosk/contract/kernel/forget.ts';
import { type BenchServer, startBench } from '@kiosk/testbench/bench/server.ts';
import { type ExtraDevice, type Machine, startMachine } from '@kiosk/testbench/bench/machine.ts';
import { writePlatformConfig } from '../provision/platform.ts';
import { type Installation, provision, readSecret, writeTerminalConfig } from '../provision/terminal.ts';
import { freePort } from './ports.ts';
import { Supervised } from './supervisor.ts';

const root = join(import.meta.dirname, '../..');
const PLATFORM_WAIT_MS = 30_000;

export interface StackOptions {
  /** Data, keys, logs and sockets; kept between runs unless it is a temporary folder. */
  readonly dir: string;
  /** Wanted loopback ports; 0 or a taken one becomes any free port. */
  readonly ports?: {
    readonly bench: number;
    readonly preview: number;
    readonly platform: number;
    readonly console?: number;
  };
  /** Serves the same screen to a browser on loopback. */
  readonly preview: boolean;
  /** Serves the staff's console, with an invented centre's business in it. */
  readonly console?: boolean;
  /** Opens the kiosk window; the executable and whatever display it needs come from the caller. */
  readonly window?: {
    readonly executable: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
  readonly millisecondsPerPage?: number;
  /** Devices beside the ID card reader and the printers, which is all that the depositor's way needs. */
  readonly extras?: readonly ExtraDevice[];
  /** Options of drivers beside their own, by the device's name in the configuration. */
  readonly deviceOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Aborted while the stack comes up: what has started is stopped again. */
  readonly signal?: AbortSignal;
}

/** Names of the programs, in the order they are started. */
export type ProgramName = 'central-platform' | 'device-host' | 'sync-agent' | 'preview' | 'window';

export interface Stack {
  readonly installation: Installation;
  readonly machine: Machine;
  readonly bench: BenchServer;
  readonly programs: ReadonlyMap<ProgramName, Supervised>;
  readonly configFile: string;
  readonly publicUrl: string;
  readonly previewUrl: string | undefined;
  readonly consoleUrl: string | undefined;
  /** The administrator of the invented centre; its other people have the same secret. */
  readonly staff: { readonly login: string; readonly secret: string };
  readonly technician: { readonly name: string; readonly secret: string };
  stop(): Promise<void>;
}

/** What runs so far, so that a start that fails or is broken off half-way leaves nothing behind. */
class Started {
  readonly programs = new Map<ProgramName, Supervised>();
  machine: Machine | undefined;
  bench: BenchServer | undefined;
  stopped = false;

  async stop(): Promise<void> {
    this.stopped = true;
    await this.bench?.close();
    // The screen first, so that nobody sees the machine come apart; the agent last, so that it hears of the rest.
    for (const name of ['window', 'preview', 'device-host', 'sync-agent', 'central-platform'] as const) {
      await this.programs.get(name)?.stop();
    }
    await this.machine?.stop();
  }
}

/** Brings up the whole terminal with its simulated world and the platform, all on loopback, each program supervised. */
export async function startStack(options: StackOptions): Promise<Stack> {
  options.signal?.throwIfAborted();
  const started = new Started();
  const brokenOff = new Promise<never>((_, reject) => {
    options.signal?.addEventListener('abort', () => reject(new Error('broken off while it started')), { once: true });
  });
  const up = bringUp(options, started);
  try {
    return await Promise.race([up, brokenOff]);
  } catch (error) {
    await started.stop();
    // Simulators that were just coming up hear of the end once they are there.
    await up.catch(() => {});
    await started.machine?.stop();
    throw error;
  }
}

async function bringUp(options: StackOptions, started: Started): Promise<Stack> {
  const { programs } = started;
  const installation = await provision(options.dir);
  const wanted = options.ports ?? { bench: 0, preview: 0, platform: 0, console: 0 };
  const ports = {
    terminal: await freePort(0),
    public: await freePort(wanted.platform),
    ...(options.console ? { console: await freePort(wanted.console ?? 0) } : {}),
  };
  const platformConfig = writePlatformConfig(installation, ports);
  const staffSecret = readSecret(installation.staffSecretFile);
  // Once: what is there already is left alone.
  if (options.console) await seedInstallation(readConfig(platformConfig), Date.now(), { secret: staffSecret });

  const start = (
    name: ProgramName,
    command: string,
    args: readonly string[],
    env: Record<string, string>,
    readyLine: boolean,
  ) => {
    const logFile = join(installation.logs, `${name}.log`);
    const program = new Supervised({ name, command, args, env, logFile, readyLine }, () => started.bench?.changed());
    if (started.stopped) throw new Error('broken off while it started');
    programs.set(name, program);
    program.start();
    return program;
  };
  const node = (entry: string) => [process.execPath, ['--enable-source-maps', join(root, entry)]] as const;

  const platform = start(
    'central-platform',
    ...node('central-platform/main.ts'),
    { PLATFORM_CONFIG: platformConfig },
    true,
  );
  const bits = join(installation.dir, 'simulated');
  mkdirSync(bits, { recursive: true });
  const coming = startMachine({
    dir: bits,
    millisecondsPerPage: options.millisecondsPerPage ?? 2_000,
    extras: options.extras ?? [],
    link: {
      target: { host: '127.0.0.1', port: ports.terminal },
      certificateFile: installation.platform.certificateFile,
      keyFile: installation.platform.keyFile,
      caFile: installation.ca,
    },
  }).then((machine) => (started.machine = machine));
  const [ready] = await Promise.all([within(platform.ready, PLATFORM_WAIT_MS, 'central-platform'), coming]).catch(
    async (error: unknown) => {
      await coming.catch(() => {});
      throw error;
    },
  );
  const machine = await coming;

  const previewPort = options.preview ? await freePort(wanted.preview) : undefined;
  const configFile = writeTerminalConfig(installation, {
    devices: machine.config.map((device) => ({
      ...device,
      options: { ...device.options, ...options.deviceOptions?.[device.id] },
    })),
    platformUrl: String(machine.link.ready['url']),
    ...(previewPort === undefined ? {} : { previewPort }),
  });
  const terminalEnv = { KIOSK_CONFIG: configFile, KIOSK_NODE: process.execPath };
  start('device-host', ...node('device-drivers/host/main.ts'), { ...terminalEnv, ...FORGETFUL }, false);
  start('sync-agent', ...node('sync-agent/agent/main.ts'), { ...terminalEnv, ...FORGETFUL }, false);
  const preview = options.preview
    ? start('preview', ...node('kiosk-app/preview/main.ts'), terminalEnv, true)
    : undefined;
  if (options.window) {
    const { executable, args, env } = options.window;
    start('window', executable, args, { ...terminalEnv, ...env }, false);
  }
  const publicUrl = String(ready['publicUrl']);
  const previewUrl = preview && String((await within(preview.ready, PLATFORM_WAIT_MS, 'preview'))['url']);
  const bench = (started.bench = await startBench({
    port: await freePort(wanted.bench),
    machine,
    publicUrl,
    managementToken: readSecret(installation.managementTokenFile),
    pictures: join(bits, 'pictures'),
    programs: () => [...programs.values()].map((p) => p.state),
    kill: (name) => programs.get(name as ProgramName)?.kill(),
    places: [...(previewUrl ? [{ name: 'preview', url: previewUrl }] : []), { name: 'platform', url: publicUrl }],
  }));
  return {
    installation,
    machine,
    bench,
    programs,
    configFile,
    publicUrl,
    previewUrl,
    consoleUrl: ready['consoleUrl'] === undefined ? undefined : String(ready['consoleUrl']),
    staff: { login: 'chen.yu', secret: staffSecret },
    technician: { name: 'night', secret: readSecret(installation.technicianSecretFile) },
    stop: () => started.stop(),
  };
}

const readConfig = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as PlatformConfigInput;

async function within<T>(promise: Promise<T>, ms: number, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} was not ready after ${ms / 1000} s; see its log`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
