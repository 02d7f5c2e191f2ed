import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import type { SelfTest, SelfTestStep, deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { LinkState, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { wordsOfStep } from '@kiosk/contract/services/self-test-words.ts';
import type { LinkStep } from '../delivery/probe.ts';
import type { StreamVerdict } from '../journal/chain/verify.ts';
import { configurationReport } from './configuration-report.ts';
import type { Section } from './layout.ts';
import type { Speech } from './words.ts';

type AgentSnapshot = Snapshot<typeof syncAgent>;
type DeviceSnapshot = Snapshot<typeof deviceHost>;

/** What a command found out: as text for people, as JSON for scripts, and whether all is well. */
export interface Report {
  readonly sections: readonly Section[];
  readonly json: unknown;
  readonly good: boolean;
}

const merged = (...reports: readonly Report[]): Pick<Report, 'sections' | 'good'> => ({
  sections: reports.flatMap(({ sections }) => sections),
  good: reports.every(({ good }) => good),
});

export function statusReport(agent: AgentSnapshot, devices: DeviceSnapshot | undefined, speech: Speech): Report {
  const { say, time } = speech;
  const { terminal, accepting, journal, unsettled, configuration, reconciliation } = agent;
  const machine: Report = {
    sections: [
      {
        title: say('machine'),
        rows: [
          [say('terminal'), terminal.terminalId],
          [say('hall'), speech.choose(terminal.hallName)],
          [
            say('accepting'),
            accepting ? say('yes') : `${say('no')}  ${journal.code ? speech.explain(journal.code) : ''}`,
          ],
          [say('unsettled'), unsettled === 0 ? '0' : `${unsettled}  ${speech.explain('E7104')}`],
          ...(journal.backup ? [[say('backup'), backupState(journal.backup, speech)]] : []),
          [say('since'), time(agent.startedAt)],
          ...(reconciliation ? [reconciliationRow(reconciliation, speech)] : []),
        ],
      },
    ],
    json: undefined,
    good: accepting && unsettled === 0 && !reconciliation?.cases,
  };
  const found = devices ? devicesReport(devices, speech) : missingDevices(speech);
  const all = merged(
    machine,
    configurationReport(configuration, speech),
    linkStateReport(agent.link, speech),
    queueReport(agent, speech),
    found,
  );
  const { version, link, queue } = agent;
  const json = { version, terminal, accepting, journal, link, queue, unsettled, devices: devices?.devices ?? null };
  return { ...all, json: { ...json, configuration, ...(reconciliation ? { reconciliation } : {}) } };
}

function reconciliationRow(
  { headsAt, waiting, cases }: NonNullable<AgentSnapshot['reconciliation']>,
  { say, time, explain }: Speech,
): string[] {
  const waits = waiting === 0 ? '' : `  ${say('notCompared')} ${waiting}`;
  const open = cases === 0 ? '' : `  ${say('cases')} ${cases}  ${explain('E6501')}`;
  return [say('reconciliation'), `${time(headsAt)}${waits}${open}`];
}

function backupState({ at, code }: NonNullable<AgentSnapshot['journal']['backup']>, speech: Speech): string {
  const last = at === null ? speech.say('none') : speech.time(at);
  return code === undefined ? last : `${last}  ${speech.explain(code)}`;
}

function missingDevices(speech: Speech): Report {
  return {
    sections: [{ title: speech.say('devices'), rows: [[speech.explain('E9003')]] }],
    json: null,
    good: false,
  };
}

export function linkStateReport(link: LinkState, speech: Speech): Report {
  const { say, time } = speech;
  const state = `${speech.name(link.state)}${link.code === undefined ? '' : `  ${speech.explain(link.code)}`}`;
  return {
    sections: [
      {
        title: say('link'),
        rows: [
          [say('state'), state],
          [say('since'), time(link.since)],
          ...(link.roundTripMs === undefined ? [] : [[say('roundTrip'), `${Math.round(link.roundTripMs)} ms`]]),
          ...(link.certificateExpiresAt === undefined ? [] : [[say('certificate'), time(link.certificateExpiresAt)]]),
          ...(link.certificateRenewedAt === undefined ? [] : [[say('renewed'), time(link.certificateRenewedAt)]]),
          ...(link.certificateCode === undefined ? [] : [[say('notRenewed'), speech.explain(link.certificateCode)]]),
        ],
      },
    ],
    json: link,
    good: link.state === 'online',
  };
}

export function linkReport(link: LinkState, steps: readonly LinkStepLike[], speech: Speech): Report {
  const tested: Report = {
    sections: [
      {
        title: speech.say('selfTest'),
        rows: steps.map(({ name, passed, milliseconds, detail }) => [
          speech.name(name),
          speech.say(passed ? 'passed' : 'failed'),
          `${milliseconds} ms`,
          detail ?? '',
        ]),
      },
    ],
    json: steps,
    good: steps.every(({ passed }) => passed),
  };
  return { ...merged(linkStateReport(link, speech), tested), json: { link, steps } };
}

type LinkStepLike = Omit<LinkStep, 'name' | 'detail'> & { readonly name: string; readonly detail?: string | undefined };

export function queueReport({ queue }: AgentSnapshot, speech: Speech): Report {
  const { say, name, time } = speech;
  const streams = Object.entries(queue);
  return {
    sections: [
      {
        title: say('queue'),
        rows: [
          [say('stream'), say('pending'), say('oldest'), say('quarantined'), say('state')],
          ...streams.map(([stream, { pending, oldestAt, quarantined, stopped }]) => [
            name(stream),
            String(pending),
            time(oldestAt),
            String(quarantined),
            stopped === undefined ? say('sending') : `${say('stopped')}  ${speech.explain(stopped)}`,
          ]),
        ],
      },
    ],
    json: queue,
    good: streams.every(([, { stopped }]) => stopped === undefined),
  };
}

export function devicesReport({ devices }: DeviceSnapshot, speech: Speech): Report {
  const { say, name } = speech;
  const problems = devices.flatMap(({ id, code, warnings }) => [
    ...(code === undefined ? [] : [[id, speech.explain(code)]]),
    ...warnings.map((warning) => [id, speech.explain(warning)]),
  ]);
  return {
    sections: [
      {
        title: say('devices'),
        rows: [
          [say('device'), say('kind'), say('state'), say('since'), say('counters')],
          ...devices.map(({ id, kind, state, since, counters }) => [
            id,
            name(kind),
            name(state),
            speech.time(since),
            Object.entries(counters)
              .map(([counter, count]) => `${counter} ${count}`)
              .join(', '),
          ]),
        ],
      },
      { title: say('problems'), rows: problems },
    ],
    json: devices,
    good: devices.every(({ state }) => state === 'ready' || state === 'busy'),
  };
}

export function selfTestReport(tests: readonly SelfTestOutcome[], speech: Speech): Report {
  const { say } = speech;
  const verdict = (passed: boolean) => say(passed ? 'passed' : 'failed');
  return {
    sections: tests.map((outcome) => ({
      title: `${say('selfTest')}: ${outcome.deviceId}`,
      rows:
        'code' in outcome
          ? [[verdict(false), speech.explain(outcome.code)]]
          : [
              ...outcome.steps.flatMap((step) => stepRows(step, speech)),
              [say('result'), verdict(outcome.passed), `${Math.round(outcome.milliseconds)} ms`],
            ],
    })),
    json: tests,
    good: tests.every((outcome) => 'passed' in outcome && outcome.passed),
  };
}

/** What was tried and found; for a step that did not pass also why it is made and what to do. */
function stepRows({ name, passed, milliseconds, detail, code }: SelfTestStep, speech: Speech): string[][] {
  const words = wordsOfStep(name);
  const time = milliseconds === undefined ? '' : `${milliseconds} ms`;
  const row = [words ? speech.choose(words.title) : name, speech.say(passed ? 'passed' : 'failed'), time, detail ?? ''];
  if (passed) return [row];
  return [
    row,
    ...(words ? [['', speech.say('why'), speech.choose(words.why)]] : []),
    ...(code ? [['', speech.say('remedy'), speech.explain(code)]] : []),
  ];
}

/** A self-test that ran, or the code with which it could not be run. */
export type SelfTestOutcome = SelfTest | { readonly deviceId: string; readonly code: string };

export function journalReport(streams: readonly StreamVerdict[], speech: Speech): Report {
  const { say, name } = speech;
  return {
    sections: [
      {
        title: say('journal'),
        rows: [
          [say('stream'), say('entries'), say('result'), say('head')],
          ...streams.map(({ stream, entries, head, brokenAt }) => [
            name(stream),
            String(entries),
            brokenAt === null ? say('intact') : `${say('brokenAt')} ${brokenAt}  ${speech.explain('E6104')}`,
            head.slice(0, 16),
          ]),
        ],
      },
    ],
    json: streams,
    good: streams.every(({ brokenAt }) => brokenAt === null),
  };
}

export function versionReport(
  own: string,
  agent: AgentSnapshot | undefined,
  devices: DeviceSnapshot | undefined,
  speech: Speech,
): Report {
  const { say, time } = speech;
  const running = (snapshot: { version: string; startedAt: number } | undefined) =>
    snapshot ? [snapshot.version, time(snapshot.startedAt)] : ['-', speech.explain('E9003')];
  return {
    sections: [
      {
        title: say('versions'),
        rows: [
          [say('program'), say('version'), say('started')],
          ['kiosk-service', own, '-'],
          ['sync-agent', ...running(agent)],
          ['device-host', ...running(devices)],
          ['SQLite', agent?.journal.sqliteVersion ?? '-', ''],
          ['Node', process.versions.node, ''],
        ],
      },
    ],
    json: {
      kioskService: own,
      syncAgent: agent?.version ?? null,
      deviceHost: devices?.version ?? null,
      sqlite: agent?.journal.sqliteVersion ?? null,
      node: process.versions.node,
    },
    good: agent !== undefined && devices !== undefined,
  };
}
