import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One thing a program did to its folder, in order. Names are paths inside the folder; `sync` of '.' is the folder. */
export type TraceEvent =
  | { readonly op: 'create' | 'folder' | 'sync' | 'unlink'; readonly name: string }
  | { readonly op: 'write'; readonly name: string; readonly offset: number; readonly data: Buffer }
  | { readonly op: 'truncate'; readonly name: string; readonly size: number }
  | { readonly op: 'rename'; readonly name: string; readonly to: string };

/** Why writes cannot be recorded on this machine, or undefined when they can. */
export function whyNoTrace(): string | undefined {
  if (process.platform !== 'linux') return 'write traces need Linux';
  return spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status === 0 ? undefined : 'gcc is not installed';
}

/** Compiles the recorder into `folder` and gives its path. */
export function buildRecorder(folder: string): string {
  const library = join(folder, 'write-trace.so');
  const source = join(import.meta.dirname, 'write-trace.c');
  const built = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-o', library, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the write recorder does not compile:\n${built.stderr}`);
  return library;
}

export interface Recording {
  readonly recorder: string;
  /** Program and arguments, run by this Node. */
  readonly program: readonly string[];
  /** The folder whose changes are recorded; made here. */
  readonly folder: string;
  readonly log: string;
  /** What the recorder shall do beside recording: KIOSK_FAIL_SYNC, KIOSK_KILL_AT, KIOSK_KILL_HALF. */
  readonly disturb?: Readonly<Record<string, string>>;
}

export interface Recorded {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/** Runs a program to its end under the recorder. */
export async function run({ recorder, program, folder, log, disturb }: Recording): Promise<Recorded> {
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, program, {
    env: { ...process.env, LD_PRELOAD: recorder, KIOSK_TRACE_DIR: folder, KIOSK_TRACE_LOG: log, ...disturb },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, said };
}

/** Runs a program that must end well and gives what it did to `folder`. */
export async function record(recording: Recording): Promise<readonly TraceEvent[]> {
  const { code, signal, said } = await run(recording);
  if (code !== 0) throw new Error(`the recorded program ended with ${code ?? signal}:\n${said}`);
  return parseTrace(readFileSync(recording.log));
}

/** The same for a program that may end badly: what it did until then. One that did nothing at all never began. */
export async function recordSome(recording: Recording): Promise<readonly TraceEvent[]> {
  const { code, signal, said } = await run(recording);
  const trace = parseTrace(readFileSync(recording.log));
  if (trace.length === 0)
    throw new Error(`the recorded program did nothing and ended with ${code ?? signal}:\n${said}`);
  return trace;
}

/** A recording of several rounds, each in a folder of its own, as one recording a round. */
export function roundsOf(trace: readonly TraceEvent[]): ReadonlyMap<string, readonly TraceEvent[]> {
  const rounds = new Map<string, TraceEvent[]>();
  for (const event of trace) {
    const [round = ''] = event.name.split('/', 1);
    const inner = (name: string) => (name === round ? '.' : name.slice(round.length + 1));
    const events = rounds.get(round) ?? [];
    rounds.set(round, events);
    const name = inner(event.name);
    if (event.op === 'rename') events.push({ ...event, name, to: inner(event.to) });
    else if (!(event.op === 'folder' && name === '.')) events.push({ ...event, name });
  }
  rounds.delete('.');
  return rounds;
}

const HEAD_BYTES = 15;

function parseTrace(bytes: Buffer): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const op = String.fromCharCode(bytes[at]!);
    const nameLength = bytes.readUInt16LE(at + 1);
    const number = Number(bytes.readBigUInt64LE(at + 3));
    const dataLength = bytes.readUInt32LE(at + 11);
    const name = bytes.toString('utf8', at + HEAD_BYTES, at + HEAD_BYTES + nameLength);
    const from = at + HEAD_BYTES + nameLength;
    events.push(event(op, name, number, bytes.subarray(from, from + dataLength)));
    at = from + dataLength;
  }
  return events;
}

function event(op: string, name: string, number: number, data: Buffer): TraceEvent {
  switch (op) {
    case 'C':
      return { op: 'create', name };
    case 'D':
      return { op: 'folder', name };
    case 'S':
      return { op: 'sync', name };
    case 'U':
      return { op: 'unlink', name };
    case 'W':
      return { op: 'write', name, offset: number, data };
    case 'T':
      return { op: 'truncate', name, size: number };
    case 'R': {
      const [from = '', to = ''] = name.split('\0');
      return { op: 'rename', name: from, to };
    }
    default:
      throw new Error(`the trace holds an unknown record ${JSON.stringify(op)}`);
  }
}
