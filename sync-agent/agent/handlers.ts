import { type RequestPerson, StreamName as Streams } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Parameters } from '@kiosk/contract/platform/parameters.ts';
import type { Handlers } from '@kiosk/contract/rpc/server.ts';
import { PASSED, PASSED_ROUTES, type PassedRoute } from '@kiosk/contract/services/passed.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Foreground } from '../delivery/foreground.ts';
import type { Line, PlatformFiles } from '../delivery/http.ts';
import { testLink } from '../delivery/probe.ts';
import type { Journal } from '../journal/journal.ts';
import type { KeyProvider } from '../journal/chain/keys.ts';
import type { StreamVerdict } from '../journal/chain/verify.ts';
import { type RequestSituation, amountOf, mayTake } from '../policy/offline.ts';
import type { Technicians } from '../policy/technicians.ts';
import type { OpenedJournal } from './files.ts';
import { inTurns } from './in-turns.ts';
import { type CareParts, careHandlers } from './journal-care.ts';

export interface HandlerParts {
  readonly opened: Result<OpenedJournal>;
  readonly line: Line;
  readonly foreground: Foreground;
  readonly platform: PlatformFiles;
  readonly technicians: Technicians;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly catalogue: () => Catalogue | null;
  readonly parameters: () => Parameters;
  /** A call's fate does not fit the link's state: ask the platform now. */
  readonly suspectLink: () => void;
  readonly heartbeat: () => Promise<Result<unknown>>;
  readonly care: Pick<CareParts, 'terminalId' | 'signingKey' | 'backUp' | 'rejoin' | 'reconcile'>;
  /** A session has begun, has ended, or settled an operation itself; `gone` ends with its connection. */
  readonly onRecorded: (
    data: { type: string; sessionId?: string; operationId?: string },
    gone: AbortSignal | undefined,
  ) => void;
}

type AgentHandlers = Handlers<typeof syncAgent>;

export function agentHandlers(parts: HandlerParts): AgentHandlers {
  return {
    ...journalHandlers(parts),
    ...interactiveHandlers(parts),
    ...technicianHandlers(parts),
    ...careHandlers({
      ...parts.care,
      journal: parts.opened.ok ? ok(parts.opened.value.journal) : parts.opened,
      technicians: parts.technicians,
      clock: parts.clock,
    }),
  };
}

function journalHandlers(parts: HandlerParts): Pick<AgentHandlers, 'record' | 'submitRequest' | 'pseudonym'> {
  const { opened } = parts;
  return {
    async record({ data }, { gone }) {
      if (!opened.ok) return opened;
      const placed = opened.value.journal.record(data);
      if (!placed.ok) return placed;
      parts.onRecorded(data, gone);
      return ok({ stream: placed.value.stream, seq: placed.value.seq });
    },
    async submitRequest(request) {
      if (!opened.ok) return opened;
      const { journal } = opened.value;
      const known = journal.findRequest(request.operationId);
      if (!known.ok) return known;
      if (known.value) return ok(known.value);
      const offline = !parts.isOnline();
      const countFor = offline ? countedFor(request.person, opened.value.keys, parts.clock.now()) : undefined;
      const amountFen = amountOf(request.form);
      const situation = situationOf(journal, parts, { item: request.form.item, offline, amountFen, countFor });
      const may = situation.ok ? mayTake(situation.value) : situation;
      if (!may.ok) return may;
      return journal.takeRequest({ ...request, offline, amountFen: amountFen ?? undefined, countFor });
    },
    async pseudonym({ idNumber }) {
      return opened.ok ? ok({ person: opened.value.keys.pseudonym(idNumber) }) : opened;
    },
  };
}

type CountFor = { readonly day: string; readonly person: string } | undefined;

/** Who a request counts for under the limit of a day: the card, or the phone of whoever laid none. */
function countedFor(person: RequestPerson | undefined, keys: KeyProvider, now: number): CountFor {
  const who = person?.idNumber ?? person?.phone;
  return who === undefined ? undefined : { day: shanghaiDate(now), person: keys.pseudonym(who) };
}

function situationOf(
  journal: Journal,
  { catalogue, parameters, clock }: HandlerParts,
  request: { item: string; offline: boolean; amountFen: number | null; countFor: CountFor },
): Result<RequestSituation> {
  const { item, offline, amountFen, countFor } = request;
  const count = journal.waitingRequests();
  if (!count.ok) return count;
  const queue = journal.queue();
  if (!queue.ok) return queue;
  const used = journal.offlineUse((use) => ({
    waitingFen: use.waitingAmountFen(),
    ofPerson: countFor ? use.ofPerson(countFor.day, countFor.person) : null,
  }));
  if (!used.ok) return used;
  const { oldestAt } = queue.value.business;
  const { channel, caps } = parameters();
  return ok({
    item,
    offline,
    amountFen,
    catalogue: catalogue(),
    channel: channel.state,
    caps,
    ofPersonToday: used.value.ofPerson,
    waiting: {
      count: count.value,
      amountFen: used.value.waitingFen,
      oldestMs: oldestAt === null ? null : Math.max(0, clock.now() - oldestAt),
    },
  });
}

/** What becomes of an entry is known when the entry is there: this question must not hold the drain back that brings it. */
const WAITS_FOR_DRAIN: readonly PassedRoute[] = ['requestOutcome'];

/** To the platform and back, ahead of the drain. Nothing of it is journaled or logged. */
function interactiveHandlers(parts: HandlerParts): Pick<AgentHandlers, PassedRoute> {
  const { line, foreground } = parts;

  async function person<T>(route: PassedRoute, call: () => Promise<Result<{ value: T }>>): Promise<Result<T>> {
    const answer = await (WAITS_FOR_DRAIN.includes(route) ? call() : foreground.run(call));
    // A refusal in the platform's own words is an answer: the link is fine.
    const reached = answer.ok || !/^E310[1-5]$/.test(answer.error.code);
    const cancelled = !answer.ok && answer.error.code === 'E9001';
    if (!cancelled && reached !== parts.isOnline()) parts.suspectLink();
    return answer.ok ? ok(answer.value.value) : err({ code: answer.error.code, detail: answer.error.detail });
  }

  const pass =
    <R extends PassedRoute>(route: R) =>
    (input: PlatformRequest<R>, { signal }: { signal: AbortSignal }): Promise<Result<PlatformAnswer<R>>> =>
      person(route, () => callPlatform(line, route, input, { deadlineMs: PASSED[route], signal }));
  return Object.fromEntries(PASSED_ROUTES.map((route) => [route, pass(route)])) as unknown as Pick<
    AgentHandlers,
    PassedRoute
  >;
}

function technicianHandlers(
  parts: HandlerParts,
): Pick<AgentHandlers, 'signIn' | 'signOut' | 'recordSelfTest' | 'verifyJournal' | 'testLink'> {
  const { opened, technicians } = parts;

  async function signedIn<T>(token: string, act: (name: string) => Promise<Result<T>> | Result<T>) {
    const name = technicians.whose(token);
    return name === undefined ? fail('E7103') : act(name);
  }

  return {
    async signIn({ name, secret, by }) {
      const result = await technicians.signIn(name, secret);
      // A stopped journal must not lock out the person who comes to mend it.
      if (opened.ok) {
        const { journal } = opened.value;
        if (result.ok) journal.record({ type: 'technician.signedIn', technician: result.value.name, by });
        else journal.record({ type: 'technician.refused', by, code: result.error.code });
      }
      return result;
    },
    async signOut({ technicianToken }) {
      const technician = technicians.signOut(technicianToken);
      if (technician !== undefined && opened.ok)
        opened.value.journal.record({ type: 'technician.signedOut', technician });
      return ok({});
    },
    recordSelfTest: ({ technicianToken, deviceId, passed, sheets, slips }) =>
      signedIn(technicianToken, (technician) => {
        if (!opened.ok) return opened;
        const placed = opened.value.journal.record({
          ...{ type: 'device.tested', technician, deviceId, passed },
          ...(sheets === undefined ? {} : { sheets }),
          ...(slips === undefined ? {} : { slips }),
        });
        return placed.ok ? ok({}) : placed;
      }),
    verifyJournal: ({ technicianToken }, { signal }) =>
      signedIn(technicianToken, async () => {
        if (!opened.ok) return opened;
        const streams: StreamVerdict[] = [];
        for (const stream of Streams.options) {
          const verdict = await inTurns(opened.value.journal.verify(stream), signal);
          if (!verdict.ok) return verdict;
          streams.push(verdict.value);
        }
        return ok({ streams });
      }),
    testLink: ({ technicianToken }, { signal }) =>
      signedIn(technicianToken, async () => {
        const steps = await testLink(parts.platform, parts.heartbeat, parts.clock, signal);
        if (steps.every(({ passed }) => passed) !== parts.isOnline()) parts.suspectLink();
        return ok({ steps: [...steps] });
      }),
  };
}
