import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { z } from 'zod';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { FleetNow, FleetQuestion, FleetRow, FleetSpot } from '../store/fleet-store.ts';
import type { BranchDesk } from '../store/places-store.ts';
import type { Store } from '../store/store.ts';
import {
  type DeviceLine,
  type FleetSpot as ShownSpot,
  type IncidentLine,
  TerminalHealth,
  type TerminalLine,
} from './contract/fleet.ts';
import type { FigureCounter } from './figures/counter.ts';
import { total } from './figures/analysis.ts';
import type { Handlers } from './handlers.ts';
import { dutyLines } from './incidents.ts';

const Heartbeat = platformRoutes.heartbeat.request;
type Heartbeat = z.output<typeof Heartbeat>;

/** A terminal that missed this many heartbeats is silent. */
const MISSED = 4;
const LEAST_SILENCE_MS = 60_000;
const SILENT: Words = { zh: '长时间没有心跳', en: 'No heartbeat' };
const NEVER: Words = { zh: '已登记，还没有连过', en: 'Registered, never seen' };
const REVOKED: Words = { zh: '已吊销', en: 'Revoked' };
const STOPPED: Words = { zh: '渠道已停用', en: 'Channel is stopped' };
const LEVELS = ['out', 'low', 'full', 'unknown'] as const;
const SUPPLY: Readonly<Record<'paper' | 'toner', Readonly<Record<'out' | 'low', Words>>>> = {
  paper: { out: { zh: '缺纸', en: 'Out of paper' }, low: { zh: '纸将用尽', en: 'Paper low' } },
  toner: { out: { zh: '缺粉', en: 'Out of toner' }, low: { zh: '粉将用尽', en: 'Toner low' } },
};

export interface Fleet {
  counts(): Promise<Readonly<Record<TerminalHealth, number>>>;
  /** The worst first. */
  page(asked: Omit<FleetQuestion, keyof FleetNow>): Promise<TerminalLine[]>;
  one(terminalId: string): Promise<TerminalLine | undefined>;
  spots(): Promise<readonly FleetSpot[]>;
}

export interface FleetParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly counter: FigureCounter;
}

/** What the store knows of the terminals, in the words of the page. */
export function createFleet({ clock, store, configuration }: FleetParts): Fleet {
  const duty = dutyLines(store.duty);

  async function now(): Promise<FleetNow> {
    const { heartbeatSeconds, channel } = await configuration.parameters('');
    const silence = Math.max(LEAST_SILENCE_MS, heartbeatSeconds * 1000 * MISSED);
    return { silentSince: clock.now() - silence, stopped: channel.state === 'stopped' };
  }

  async function reader({ stopped }: FleetNow): Promise<(row: FleetRow) => TerminalLine> {
    const { branches } = await configuration.catalogue();
    const branchNames = new Map(branches.map(({ id, name }) => [id, name]));
    const newest = {
      catalogue: await store.configuration.lastVersion('catalogue'),
      parameters: await store.configuration.lastVersion('parameters'),
    };
    const incidents = await duty.open();
    return (row) => lineOf(row, branchNames, { stopped, newest, incidents });
  }

  return {
    counts: async () => store.fleet.counts(await now()),
    spots: async () => store.fleet.spots(await now()),
    async page(asked) {
      const at = await now();
      return (await store.fleet.page({ ...asked, ...at })).map(await reader(at));
    },
    async one(terminalId) {
      const at = await now();
      const row = await store.fleet.one(terminalId, at);
      return row && (await reader(at))(row);
    },
  };
}

function lineOf(
  { terminal, health, branchId, hall, position }: FleetRow,
  branchNames: ReadonlyMap<string, Words>,
  now: {
    readonly stopped: boolean;
    readonly newest: { readonly catalogue: number; readonly parameters: number };
    readonly incidents: ReadonlyMap<string, readonly IncidentLine[]>;
  },
): TerminalLine {
  const beat = Heartbeat.safeParse(terminal.heartbeat);
  const heartbeat = beat.success ? beat.data : undefined;
  const devices = (heartbeat?.devices ?? []).map(deviceOf);
  const paper = levelOf(devices, 'paper');
  const toner = levelOf(devices, 'toner');
  const reasons: TerminalLine['reasons'] = [];
  const faults = devices.filter(({ state }) => state === 'fault' || state === 'offline');
  const warnings = devices.flatMap((device) => device.warnings);
  if (terminal.state === 'revoked') reasons.push({ code: null, words: REVOKED });
  if (terminal.lastSeenAt === null) reasons.push({ code: null, words: NEVER });
  if (health === 'silent') reasons.push({ code: null, words: SILENT });
  for (const { code, id, words } of faults) reasons.push({ code, words: words ?? { zh: id, en: id } });
  for (const [kind, level] of [
    ['paper', paper],
    ['toner', toner],
  ] as const) {
    if (level === 'out' || level === 'low') reasons.push({ code: null, words: SUPPLY[kind][level] });
  }
  for (const code of warnings) reasons.push({ code, words: explain(code).technician });
  if (heartbeat?.refused)
    reasons.push({ code: heartbeat.refused.code, words: explain(heartbeat.refused.code).technician });
  if (now.stopped) reasons.push({ code: 'E2102', words: STOPPED });
  const applied = heartbeat?.applied ?? null;
  return {
    ...{ terminalId: terminal.terminalId, health, reasons, admitted: terminal.state === 'admitted', branchId },
    branchName: (branchId !== null && branchNames.get(branchId)) || null,
    ...{ hall, position },
    ...{ programVersion: heartbeat?.programVersion ?? null, lastSeenAt: terminal.lastSeenAt },
    ...{ registeredAt: terminal.registeredAt, pending: heartbeat?.pending ?? {}, paper, toner, devices, applied },
    // A release for other terminals alone counts up as well; nearly always the two agree.
    upToDate:
      applied !== null && applied.catalogue >= now.newest.catalogue && applied.parameters >= now.newest.parameters,
    incidents: [...(now.incidents.get(terminal.terminalId) ?? [])],
  };
}

function deviceOf(device: Heartbeat['devices'][number]): DeviceLine {
  const { id, state, code, kind, warnings, supplies } = device;
  return {
    ...{ id, state, code: code ?? null, kind: kind ?? null, warnings: warnings ?? [] },
    words: code === undefined ? null : explain(code).technician,
    supplies: (supplies ?? []).map(({ kind: supply, name, level, percent }) => ({
      ...{ kind: supply, name: name ?? null, level, percent: percent ?? null },
    })),
  };
}

/** The worst of them. */
function levelOf(devices: readonly DeviceLine[], kind: 'paper' | 'toner'): TerminalLine['paper'] {
  const levels = devices.flatMap(({ supplies }) => supplies).filter((supply) => supply.kind === kind);
  return LEVELS.find((level) => levels.some((supply) => supply.level === level)) ?? 'unknown';
}

export function fleetHandlers(
  parts: FleetParts & { readonly fleet: Fleet },
): Handlers<'fleet' | 'terminal' | 'placeTerminal' | 'commandTerminal'> {
  const { clock, store, configuration, fleet, counter } = parts;
  const duty = dutyLines(store.duty);
  return {
    async fleet({ limit, before, health, branchId, words }) {
      const { branches } = await configuration.catalogue();
      const desks = new Map((await store.places.branches()).map((desk) => [desk.branchId, desk]));
      const text = words?.trim() ?? '';
      const called = branches.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(text.toLowerCase()));
      const terminals = await fleet.page({
        ...{ limit, health, branchId, after: placeOf(before) },
        words: text === '' ? undefined : { text, branchIds: called.map(({ id }) => id) },
      });
      const last = terminals.at(-1);
      return ok({
        ...{ terminals, counts: await fleet.counts(), spots: together(await fleet.spots(), desks) },
        next: last === undefined || terminals.length < limit ? null : `${last.health} ${last.terminalId}`,
        branches: branches.map(({ id, name }) => ({ branchId: id, name, position: desks.get(id)?.position ?? null })),
      });
    },
    async terminal({ terminalId }) {
      const line = await fleet.one(terminalId);
      const kept = await store.terminals.get(terminalId);
      if (!line || !kept) return fail('E2508');
      await counter.refresh();
      const beat = Heartbeat.safeParse(kept.heartbeat);
      const today = (await store.figures.byTerminal(shanghaiDate(clock.now()))).filter(
        (one) => one.terminalId === terminalId,
      );
      const intended = today.filter(({ name, label }) => name === 'print' && label === 'done');
      const events = (await store.security.list()).filter((event) => event.terminalId === terminalId);
      return ok({
        ...line,
        streams: (await store.journal.standings(terminalId)).map(({ stream, durableUpTo, head, receivedAt }) => ({
          ...{ stream, durableUpTo, head, receivedAt },
        })),
        commands: (beat.success ? beat.data.commands : []).map(({ version, name, outcome, code }) => ({
          ...{ version, name, outcome, code: code ?? null },
        })),
        parameters: await configuration.parameters(terminalId),
        events: events.slice(0, 50).map(({ at, code, detail }) => ({ at, code, detail })),
        cases: (await store.reconciliation.cases(terminalId, 50)).map(({ caseId, kind, day, state }) => ({
          ...{ caseId, kind, day, state },
        })),
        pastIncidents: (await duty.incidents(terminalId)).filter(({ recoveredAt }) => recoveredAt !== null),
        duty: await duty.contacts(line.branchId, clock.now()),
        today: {
          sessions: total(today, 'session'),
          prints: intended.reduce((sum, { amount }) => sum + amount, 0),
          requests: total(today, 'request'),
        },
      });
    },
    async placeTerminal({ terminalId, branchId, hall, position }, { member }) {
      if (!(await store.terminals.get(terminalId))) return fail('E2508');
      await store.places.placeTerminal({ terminalId, branchId, hall, position: position && rounded(position) });
      await store.audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'terminal.placed', subject: terminalId },
        detail: { branchId },
      });
      return ok({});
    },
    async commandTerminal({ terminalId, command }, { member }) {
      if (!(await store.terminals.get(terminalId))) return fail('E2508');
      const approval = { by: member.login, approvedBy: member.login };
      const version = await configuration.command(terminalId, command, approval);
      if (!version.ok) return version;
      await store.audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'terminal.commanded', subject: terminalId },
        detail: { name: command.name, version: version.value },
      });
      return ok({ version: version.value });
    },
  };
}

/** More places than a plan of this size can show apart are put together by what lies within a square of it. */
const MOST_SPOTS = 300;
const SQUARE = 40;

function together(spots: readonly FleetSpot[], desks: ReadonlyMap<string, Pick<BranchDesk, 'position'>>): ShownSpot[] {
  const placed = spots.flatMap(({ branchId, position, health, amount, terminalId }): ShownSpot[] => {
    const at = position ?? (branchId === null ? null : (desks.get(branchId)?.position ?? null));
    return at ? [{ branchId, position: at, health, amount, terminalId }] : [];
  });
  if (placed.length <= MOST_SPOTS) return placed;
  const cells = new Map<string, ShownSpot>();
  for (const spot of placed) {
    const middle = (n: number) => (Math.min(Math.floor(n / SQUARE), 1000 / SQUARE - 1) + 0.5) * SQUARE;
    const position = { x: middle(spot.position.x), y: middle(spot.position.y) };
    const key = `${position.x} ${position.y} ${spot.health}`;
    const known = cells.get(key);
    const branchId = known === undefined || known.branchId === spot.branchId ? spot.branchId : null;
    cells.set(key, { ...spot, ...known, position, branchId, amount: (known?.amount ?? 0) + spot.amount });
  }
  return [...cells.values()];
}

function placeOf(before: string | undefined): FleetQuestion['after'] {
  const [health = '', terminalId] = before?.split(' ') ?? [];
  const known = TerminalHealth.safeParse(health);
  return known.success && terminalId !== undefined ? { health: known.data, terminalId } : undefined;
}

export const rounded = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x), y: Math.round(y) });
