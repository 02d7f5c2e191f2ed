import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { z } from 'zod';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { TerminalPlace } from '../store/places-store.ts';
import type { Store, Terminal } from '../store/store.ts';
import type { DeviceLine, TerminalHealth, TerminalLine } from './contract/fleet.ts';
import type { FigureCounter } from './figures/counter.ts';
import { total } from './figures/analysis.ts';
import type { Handlers } from './handlers.ts';

const Heartbeat = platformRoutes.heartbeat.request;
type Heartbeat = z.output<typeof Heartbeat>;

/** A terminal that missed this many heartbeats is silent. */
const MISSED = 4;
const LEAST_SILENCE_MS = 60_000;
/** In which order somebody should look. */
const ORDER: readonly TerminalHealth[] = ['silent', 'fault', 'stopped', 'warning', 'never', 'ready', 'revoked'];

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
  /** Faults first. */
  lines(): Promise<TerminalLine[]>;
}

export interface FleetParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly counter: FigureCounter;
}

export function createFleet({ clock, store, configuration }: FleetParts): Fleet {
  return {
    async lines() {
      const [terminals, places] = [await store.terminals.list(), await store.places.places()];
      const { branches } = Catalogue.parse(await configuration.catalogue());
      const parameters = await configuration.parameters('');
      const branchNames = new Map(branches.map(({ id, name }) => [id, name]));
      const placeOf = new Map(places.map((place) => [place.terminalId, place]));
      const silence = Math.max(LEAST_SILENCE_MS, parameters.heartbeatSeconds * 1000 * MISSED);
      const newest = {
        catalogue: await store.configuration.lastVersion('catalogue'),
        parameters: await store.configuration.lastVersion('parameters'),
      };
      const stopped = parameters.channel.state === 'stopped';
      const lines = terminals.map((terminal) =>
        lineOf(terminal, placeOf.get(terminal.terminalId), branchNames, {
          silentSince: clock.now() - silence,
          stopped,
          newest,
        }),
      );
      const rank = ({ health }: TerminalLine) => ORDER.indexOf(health);
      return lines.sort((a, b) => rank(a) - rank(b) || (a.terminalId < b.terminalId ? -1 : 1));
    },
  };
}

function lineOf(
  terminal: Terminal,
  place: TerminalPlace | undefined,
  branchNames: ReadonlyMap<string, Words>,
  now: {
    readonly silentSince: number;
    readonly stopped: boolean;
    readonly newest: { readonly catalogue: number; readonly parameters: number };
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
  const silent = terminal.lastSeenAt !== null && terminal.lastSeenAt < now.silentSince;
  if (terminal.state === 'revoked') reasons.push({ code: null, words: REVOKED });
  if (terminal.lastSeenAt === null) reasons.push({ code: null, words: NEVER });
  if (silent) reasons.push({ code: null, words: SILENT });
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
  const health: TerminalHealth =
    terminal.state === 'revoked'
      ? 'revoked'
      : terminal.lastSeenAt === null
        ? 'never'
        : silent
          ? 'silent'
          : faults.length > 0 || paper === 'out' || toner === 'out'
            ? 'fault'
            : now.stopped
              ? 'stopped'
              : reasons.length > 0
                ? 'warning'
                : 'ready';
  const branchId = place?.branchId ?? null;
  const applied = heartbeat?.applied ?? null;
  return {
    ...{ terminalId: terminal.terminalId, health, reasons, admitted: terminal.state === 'admitted', branchId },
    branchName: (branchId !== null && branchNames.get(branchId)) || null,
    ...{ hall: place?.hall ?? null, position: place?.position ?? null },
    ...{ programVersion: heartbeat?.programVersion ?? null, lastSeenAt: terminal.lastSeenAt },
    ...{ registeredAt: terminal.registeredAt, pending: heartbeat?.pending ?? {}, paper, toner, devices, applied },
    // A release for other terminals alone counts up as well; nearly always the two agree.
    upToDate:
      applied !== null && applied.catalogue >= now.newest.catalogue && applied.parameters >= now.newest.parameters,
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
  return {
    async fleet() {
      const terminals = await fleet.lines();
      const { branches } = Catalogue.parse(await configuration.catalogue());
      const desks = new Map((await store.places.branches()).map((desk) => [desk.branchId, desk]));
      const counts = Object.fromEntries(
        ORDER.map((health) => [health, terminals.filter((one) => one.health === health).length]),
      ) as Record<TerminalHealth, number>;
      return ok({
        ...{ terminals, counts },
        branches: branches.map(({ id, name }) => ({ branchId: id, name, position: desks.get(id)?.position ?? null })),
      });
    },
    async terminal({ terminalId }) {
      const line = (await fleet.lines()).find((one) => one.terminalId === terminalId);
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

export const rounded = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x), y: Math.round(y) });
