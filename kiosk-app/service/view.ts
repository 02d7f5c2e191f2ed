import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Severity } from '@kiosk/contract/errors/entry.ts';
import type { SelfTest } from '@kiosk/contract/services/device-host.ts';
import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { StageOf, State } from '../session/flow/state.ts';
import { secondsUntil } from '../session/flow/wake.ts';

type Technician = ScreenOf<'technician'>;

export function technicianSignInScreen(state: State, stage: StageOf<'technicianSignIn'>): Screen {
  const seconds = stage.lockedUntil === null ? 0 : secondsUntil(state, stage.lockedUntil);
  return {
    screen: 'technicianSignIn',
    error: stage.error,
    lockedSeconds: seconds > 0 ? seconds : null,
    checking: stage.call !== null,
  };
}

export function technicianScreen(state: State, stage: StageOf<'technician'>): Screen {
  const { agent, host } = state;
  return {
    screen: 'technician',
    name: stage.name,
    expiresInSeconds: secondsUntil(state, stage.expiresAt),
    devices: host?.devices ?? [],
    selfTests: [...stage.selfTests],
    testing: Object.keys(stage.testing),
    link: agent?.link ?? { state: 'offline', since: state.time.now, code: 'E9003' },
    history: historyOf(stage),
    linkTest: stage.linkTest,
    queue: agent?.queue ?? NO_QUEUE,
    unsettled: agent?.unsettled ?? 0,
    ...(agent?.reconciliation ? { reconciliation: casesOf(agent.reconciliation) } : {}),
    versions: versionsOf(state),
    toDo: toDo(state, stage.selfTests),
  };
}

const casesOf = ({ waiting, cases }: { readonly waiting: number; readonly cases: number }) => ({ waiting, cases });

function historyOf({ history }: StageOf<'technician'>): Technician['history'] {
  if (history === null) return null;
  const { deviceId, call, entries, error } = history;
  return { deviceId, entries: [...entries], asking: call !== null, error };
}

const EMPTY = { pending: 0, oldestAt: null, quarantined: 0 };
const NO_QUEUE: Technician['queue'] = { business: EMPTY, audit: EMPTY, telemetry: EMPTY };

function versionsOf({ version, host, agent }: State): Technician['versions'] {
  return [
    { program: 'kiosk-app', version },
    ...(host ? [{ program: 'device-host', version: host.version }] : []),
    ...(agent ? [{ program: 'sync-agent', version: agent.version }] : []),
  ];
}

/** Most urgent first. */
const URGENCY: readonly Severity[] = ['alarm', 'stop', 'fault', 'warning', 'person'];

/** Every code that wants a person, once, most urgent first. */
export function toDo({ agent, host }: State, selfTests: readonly SelfTest[] = []): string[] {
  const failed = selfTests.flatMap(({ steps }) => steps.flatMap(({ passed, code }) => (passed || !code ? [] : [code])));
  const devices = host?.devices.flatMap(({ code, warnings }) => (code ? [code, ...warnings] : warnings)) ?? ['E9003'];
  const codes = [...devices, ...failed, ...(agent ? agentCodes(agent) : ['E9003'])];
  const rank = (code: string) => URGENCY.indexOf(explain(code).severity);
  return [...new Set(codes)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

function agentCodes({ journal, link, queue, unsettled }: NonNullable<State['agent']>): string[] {
  const quarantined = Object.values(queue).some((stream) => stream.quarantined > 0);
  return [
    ...(journal.code ? [journal.code] : []),
    ...(link.state === 'offline' ? [link.code ?? 'E3101'] : []),
    ...(link.certificateCode ? [link.certificateCode] : []),
    ...(quarantined ? ['E6301'] : []),
    ...(unsettled > 0 ? ['E7104'] : []),
  ];
}
