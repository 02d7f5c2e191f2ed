import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Output } from '@kiosk/contract/kernel/service.ts';
import type { DeviceKind, DeviceStatus, PrintCompletion, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { maskAccount, maskIdNumber, maskName } from '@kiosk/domain/masking.ts';
import type { CommandInput } from './commands.ts';
import {
  capabilitiesReport,
  changeLine,
  detailsReport,
  historyReport,
  printedReport,
  readReport,
  traceText,
} from './device-reports.ts';
import { type Report, type SelfTestOutcome, selfTestReport } from './reports.ts';
import { testPage, testSlip } from './test-page.ts';

/** How long a technician has to lay a card or show a code, ms. */
const READ_MS = 60_000;
/** Nothing more to show: everything was told while it went on. */
const TOLD: Report = { sections: [], json: undefined, good: true };

export interface DeviceCommand {
  /** What stands behind the command's name: at least and at most so many words. */
  readonly words: readonly [least: number, most: number];
  /** What the second of them may be. */
  readonly second?: readonly string[];
  readonly run: (input: CommandInput) => Promise<Result<Report>>;
}

/** `kiosk-service devices …` */
export const deviceCommands = {
  list: {
    words: [0, 0],
    run: async ({ devices, speech }) => withDevices(devices, (all) => capabilitiesReport(all, speech)),
  },
  status: {
    words: [0, 1],
    async run(input) {
      const chosen = input.argument === undefined ? listed(input) : choose(input);
      if (!chosen.ok) return chosen;
      return ok(detailsReport(chosen.value, input.devices.snapshot?.cabinet, input.speech));
    },
  },
  watch: { words: [0, 1], run: watch },
  'self-test': { words: [1, 1], run: selfTests },
  read: { words: [1, 1], run: read },
  print: { words: [1, 1], run: print },
  trace: { words: [1, 2], second: ['on', 'off', 'show'], run: trace },
  history: {
    words: [1, 1],
    async run(input) {
      const found = await input.devices.call('deviceHistory', { deviceId: input.argument ?? '' });
      return found.ok ? ok(historyReport(found.value.changes, input.speech)) : found;
    },
  },
} as const satisfies Record<string, DeviceCommand>;

function withDevices(devices: CommandInput['devices'], report: (all: readonly DeviceStatus[]) => Report) {
  return devices.snapshot ? ok(report(devices.snapshot.devices)) : fail('E9003', 'device-host');
}

function listed({ devices }: CommandInput): Result<readonly DeviceStatus[]> {
  return devices.snapshot ? ok(devices.snapshot.devices) : fail('E9003', 'device-host');
}

/** The devices that the argument names. Error: E9005 with the names there are. */
function choose(input: CommandInput): Result<readonly DeviceStatus[]> {
  const all = listed(input);
  if (!all.ok) return all;
  const { argument, speech } = input;
  const chosen = argument === 'all' ? all.value : all.value.filter(({ id }) => id === argument);
  if (chosen.length > 0) return ok(chosen);
  return fail(
    'E9005',
    `${speech.say('noSuchDevice')}: ${argument ?? ''} (${all.value.map(({ id }) => id).join(', ')})`,
  );
}

/** Each change of a device from now on, until it is interrupted; first how they all are. */
async function watch(input: CommandInput): Promise<Result<Report>> {
  const { devices, argument, tell, signal, speech, clock } = input;
  const chosen = argument === undefined ? listed(input) : choose(input);
  if (!chosen.ok) return chosen;
  const ids = new Set(chosen.value.map(({ id }) => id));
  const last = new Map<string, string>();
  const stop = devices.onSnapshot((snapshot) => {
    const at = clock.now();
    if (!snapshot) {
      last.clear();
      const lost = { at, deviceId: 'device-host', state: 'offline', code: 'E9003' } as const;
      return tell(changeLine(lost, speech), lost);
    }
    for (const { id: deviceId, state, code, warnings } of snapshot.devices) {
      if (!ids.has(deviceId) && argument !== undefined) continue;
      const change = { at, deviceId, state, ...(code ? { code } : {}), warnings };
      const seen = JSON.stringify({ ...change, at: 0 });
      if (last.get(deviceId) === seen) continue;
      last.set(deviceId, seen);
      tell(changeLine(change, speech), change);
    }
  });
  await interrupted(signal);
  stop();
  return ok(TOLD);
}

/** All at the same time: a silent device keeps nobody waiting but itself, and each is told as it ends. */
export async function selfTests(input: CommandInput): Promise<Result<Report>> {
  const chosen = choose(input);
  if (!chosen.ok) return chosen;
  const outcomes = await Promise.all(
    chosen.value.map(async ({ id: deviceId }): Promise<SelfTestOutcome> => {
      const { devices, signal, speech, ask } = input;
      const tested = await devices.call('selfTest', { deviceId }, { signal });
      const [passed, why] = tested.ok ? [tested.value.passed, ''] : [false, `  ${speech.explain(tested.error.code)}`];
      ask(`${deviceId}  ${speech.say(passed ? 'passed' : 'failed')}${why}`);
      return tested.ok ? tested.value : { deviceId, code: tested.error.code };
    }),
  );
  for (const outcome of outcomes) {
    const recorded = await record(input, outcome.deviceId, 'passed' in outcome && outcome.passed);
    if (!recorded.ok) return recorded;
  }
  return ok(selfTestReport(outcomes, input.speech));
}

type CardRead = Output<typeof deviceHost, 'readIdCard'>;

/** What is read stays with its owner: only what masks leave of it is shown. */
async function read(input: CommandInput): Promise<Result<Report>> {
  const chosen = one(input, ['idCardReader', 'bankCardReader', 'codeScanner', 'ioBoard']);
  if (!chosen.ok) return chosen;
  const { devices, speech, signal, ask } = input;
  const { id, kind } = chosen.value;
  const onProgress = ({ step }: { readonly step: string }) => ask(speech.name(step));
  const options = { signal, deadlineMs: READ_MS };
  let found: Result<Readonly<Record<string, string>>>;
  if (kind === 'idCardReader') {
    ask(speech.say('layIdCard'));
    const card = await devices.call('readIdCard', {}, { ...options, onProgress });
    found = card.ok ? ok(maskedIdCard(card.value)) : card;
  } else if (kind === 'bankCardReader') {
    ask(speech.say('insertBankCard'));
    const card = await devices.call('readBankCard', {}, { ...options, onProgress });
    if (card.ok) ask(speech.say('takeBankCard'));
    // Also after an interrupt: a card must not stay inside.
    await devices.call('ejectCard', {});
    found = card.ok
      ? ok({
          source: card.value.source,
          number: maskAccount(card.value.number),
          luhnValid: String(card.value.luhnValid),
        })
      : card;
  } else if (kind === 'codeScanner') {
    ask(speech.say('showCode'));
    const code = await devices.call('scanCode', {}, options);
    found = code.ok ? ok({ length: String(code.value.text.length) }) : code;
  } else {
    const cabinet = Object.entries(devices.snapshot?.cabinet ?? {});
    found = ok(Object.fromEntries(cabinet.map(([sensor, value]) => [sensor, String(value)])));
  }
  const recorded = await record(input, id, found.ok);
  if (!recorded.ok) return recorded;
  return found.ok ? ok(readReport(id, found.value, speech)) : found;
}

function maskedIdCard({ kind, name, idNumber, validTo }: CardRead): Readonly<Record<string, string>> {
  return { cardKind: kind, holder: maskName(name), idNumber: maskIdNumber(idNumber), validTo: validTo ?? '长期' };
}

/** A test slip or a test page, an operation like any other: once, and its end is known or said to be unknown. */
async function print(input: CommandInput): Promise<Result<Report>> {
  const chosen = one(input, ['slipPrinter', 'documentPrinter']);
  if (!chosen.ok) return chosen;
  const { devices, speech, clock, signal, ask } = input;
  const operationId = newId(clock.now());
  const at = speech.time(clock.now());
  const number = `TEST-${operationId.slice(0, 8).toUpperCase()}`;
  const onProgress = ({ printed, stoppedBy }: { readonly printed: number; readonly stoppedBy?: string | undefined }) =>
    ask(stoppedBy ? speech.explain(stoppedBy) : `${speech.say('pages')}  ${printed}`);
  const answered =
    chosen.value.kind === 'slipPrinter'
      ? await devices.call('printSlip', { operationId, slip: testSlip(number, at) }, { signal })
      : await devices.call(
          'printDocument',
          { operationId, jobName: 'test page', pages: 1, pdfBase64: testPage(number, at).toString('base64') },
          { signal, onProgress },
        );
  const printed = answered.ok ? answered : await whatBecame(devices, operationId, answered);
  const took = { [chosen.value.kind === 'slipPrinter' ? 'slips' : 'sheets']: printed.ok ? printed.value.printed : 0 };
  const recorded = await record(input, chosen.value.id, printed.ok && printed.value.outcome === 'done', took);
  if (!recorded.ok) return recorded;
  return printed.ok ? ok(printedReport(number, chosen.value.kind, printed.value, speech)) : printed;
}

/** Interrupted, late or cut off: paper may have moved all the same, and the device-host knows. */
async function whatBecame(
  devices: CommandInput['devices'],
  operationId: string,
  refused: Result<never>,
): Promise<Result<PrintCompletion>> {
  if (refused.ok || !['E9001', 'E9002', 'E9003'].includes(refused.error.code)) return refused;
  const found = await devices.call('findOperation', { operationId });
  if (!found.ok || found.value.state === 'never') return refused;
  const { state, code, printed = 0 } = found.value;
  return ok({ outcome: state === 'started' ? 'unknown' : state, printed, ...(code ? { code } : {}) });
}

/** on, off, show what is kept; without a word: on, shown as it comes, and off again when interrupted. */
async function trace(input: CommandInput): Promise<Result<Report>> {
  const { devices, argument: deviceId = '', second, tell, signal } = input;
  const show = (follow: boolean) =>
    devices.call('readTrace', { deviceId, follow }, { signal, onProgress: (line) => tell(traceText(line), line) });
  if (second === 'on' || second === 'off') {
    const set = await devices.call('setTrace', { deviceId, on: second === 'on' });
    return set.ok ? ok(TOLD) : set;
  }
  if (second === 'show') {
    const shown = await show(false);
    return shown.ok ? ok(TOLD) : shown;
  }
  const on = await devices.call('setTrace', { deviceId, on: true });
  if (!on.ok) return on;
  const shown = await show(true);
  await devices.call('setTrace', { deviceId, on: false });
  return shown.ok || shown.error.code === 'E9001' ? ok(TOLD) : shown;
}

/** The one device that the argument names, if it is of a kind for which this makes sense. */
function one(input: CommandInput, kinds: readonly DeviceKind[]): Result<DeviceStatus> {
  const chosen = choose(input);
  if (!chosen.ok) return chosen;
  const [device] = chosen.value;
  if (device && chosen.value.length === 1 && kinds.includes(device.kind)) return ok(device);
  return fail('E9005', `${input.argument ?? ''}: ${kinds.map(input.speech.name).join(', ')}`);
}

function record(
  { agent, technicianToken }: CommandInput,
  deviceId: string,
  passed: boolean,
  took: { readonly sheets?: number; readonly slips?: number } = {},
) {
  return agent.call('recordSelfTest', { technicianToken, deviceId, passed, ...took });
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
