import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { EntryLine, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { Backup } from '../journal/life/backup.ts';
import type { Rejoined } from '../journal/chain/graft.ts';
import type { Restored } from '../journal/life/restore.ts';
import type { JournalAccess } from './journal-access.ts';
import { type Exported, exportBundle } from './journal-export.ts';
import { type Report, journalReport } from './reports.ts';
import type { Speech } from './words.ts';

/** What narrows `show`, and what `export` takes along, as it was typed. */
export interface JournalOptions {
  readonly stream?: string | undefined;
  readonly type?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly limit?: string | undefined;
  readonly waiting?: boolean | undefined;
}

export interface JournalInput {
  readonly access: JournalAccess;
  /** Undefined: the agent does not run and the file is ours. */
  readonly agent: { readonly client: ServiceClient<typeof syncAgent>; readonly technicianToken: string } | undefined;
  readonly backUp: () => Promise<Result<Backup>>;
  readonly restore: (source: string) => Promise<Result<Restored>>;
  readonly argument: string | undefined;
  readonly options: JournalOptions;
  readonly speech: Speech;
  readonly signal: AbortSignal;
  readonly ask: (line: string) => void;
}

export interface JournalCommand {
  readonly run: (input: JournalInput) => Promise<Result<Report>>;
  /** How many words may stand behind it. */
  readonly words: readonly [number, number];
  /** Where the agent has to be: running, stopped, or it does not matter. */
  readonly agent: 'running' | 'stopped' | 'either';
}

const PAGE = 500;
const SHOWN = 50;

export const journalCommands = {
  verify: {
    words: [0, 0],
    agent: 'either',
    async run({ access, speech }) {
      const verified = await access.verify();
      return verified.ok ? ok(journalReport(verified.value, speech)) : verified;
    },
  },
  show: {
    words: [0, 0],
    agent: 'either',
    async run({ access, options, speech }) {
      const filter = filterOf(options);
      if (!filter.ok) return filter;
      const found = await find(access, filter.value);
      return found.ok ? ok(entriesReport(found.value, speech)) : found;
    },
  },
  export: {
    words: [1, 1],
    agent: 'either',
    async run({ access, argument = '', options, speech, signal, ask }) {
      let told = -1;
      const progress = (written: number, all: number) => {
        const tenth = Math.floor((10 * written) / all);
        if (tenth === told) return;
        told = tenth;
        ask(`${speech.say('written')} ${written} / ${all}`);
      };
      const waitingOnly = options.waiting === true;
      const done = await exportBundle({ access, folder: argument, waitingOnly, signal, progress });
      return done.ok ? ok(exportReport(done.value, speech)) : done;
    },
  },
  backup: {
    words: [0, 0],
    agent: 'either',
    async run({ backUp, speech }) {
      const done = await backUp();
      return done.ok ? ok(backupReport(done.value, speech)) : done;
    },
  },
  restore: {
    words: [1, 1],
    agent: 'stopped',
    async run({ restore, argument = '', speech }) {
      const done = await restore(argument);
      return done.ok ? ok(restoreReport(done.value, speech)) : done;
    },
  },
  rejoin: {
    words: [0, 0],
    agent: 'running',
    async run({ agent, speech }) {
      if (!agent) return fail('E9003', 'sync-agent');
      const done = await agent.client.call('rejoinJournal', { technicianToken: agent.technicianToken });
      return done.ok ? ok(rejoinReport(done.value.streams, speech)) : done;
    },
  },
} as const satisfies Record<string, JournalCommand>;

interface Filter {
  readonly streams: readonly StreamName[];
  readonly type: string | undefined;
  readonly since: number;
  readonly until: number;
  readonly limit: number;
}

function filterOf({ stream, type, since, until, limit }: JournalOptions): Result<Filter> {
  const streams = stream === undefined ? StreamName.options : StreamName.options.filter((name) => name === stream);
  if (streams.length === 0) return fail('E9005', `--stream: ${StreamName.options.join(', ')}`);
  const from = since === undefined ? -Infinity : Date.parse(since);
  const to = until === undefined ? Infinity : Date.parse(until);
  if (Number.isNaN(from) || Number.isNaN(to)) return fail('E9005', '--since, --until: 2026-11-21 or 2026-11-21T08:00');
  const most = limit === undefined ? SHOWN : Number(limit);
  if (!Number.isInteger(most) || most < 1) return fail('E9005', '--limit: a number');
  return ok({ streams, type, since: from, until: to, limit: most });
}

/** Newest first within a stream; streams one after the other, because order between them is nobody's promise. */
async function find(access: JournalAccess, filter: Filter): Promise<Result<readonly EntryLine[]>> {
  const found: EntryLine[] = [];
  for (const stream of filter.streams) {
    const mine: EntryLine[] = [];
    for (let before: number | undefined; mine.length < filter.limit;) {
      const page = await access.list(stream, before, PAGE);
      if (!page.ok) return page;
      mine.push(...page.value.filter((entry) => matches(entry, filter)));
      before = page.value.at(-1)?.seq;
      if (page.value.length < PAGE) break;
    }
    found.push(...mine.slice(0, filter.limit));
  }
  return ok(found);
}

const matches = ({ at, type }: EntryLine, filter: Filter): boolean =>
  at >= filter.since && at < filter.until && (filter.type === undefined || type.startsWith(filter.type));

function entriesReport(entries: readonly EntryLine[], { say, name, time }: Speech): Report {
  const rows = entries.map(({ stream, seq, at, type, code }) => [
    name(stream),
    String(seq),
    time(at),
    type,
    code ?? '',
  ]);
  return {
    sections: [{ title: say('journal'), rows: [[say('stream'), say('sequence'), say('time'), say('kind')], ...rows] }],
    json: entries,
    good: true,
  };
}

function exportReport({ file, entries, bytes, sha256, streams }: Exported, { say, name }: Speech): Report {
  return {
    sections: [
      {
        title: say('exported'),
        rows: [
          [say('file'), file],
          [say('entries'), String(entries)],
          [say('size'), megabytes(bytes)],
          ['SHA-256', sha256],
          ...streams.map(({ stream, afterSeq, upToSeq }) => [
            name(stream),
            upToSeq === afterSeq ? say('none') : `${afterSeq + 1} – ${upToSeq}`,
          ]),
        ],
      },
    ],
    json: { file, entries, bytes, sha256, streams },
    good: true,
  };
}

function backupReport({ file, at, bytes }: Backup, { say, time }: Speech): Report {
  return {
    sections: [
      {
        title: say('backup'),
        rows: [
          [say('file'), file],
          [say('size'), megabytes(bytes)],
          [say('time'), time(at)],
        ],
      },
    ],
    json: { file, at, bytes },
    good: true,
  };
}

function restoreReport({ streams, keptAs, carriedOver }: Restored, { say, name, explain }: Speech): Report {
  return {
    sections: [
      {
        title: say('restored'),
        rows: [
          ...streams.map(({ stream, entries, upToSeq }) => [name(stream), `${entries}  (${say('upTo')} ${upToSeq})`]),
          ...(keptAs === undefined ? [] : [[say('keptAs'), keptAs]]),
          ...(carriedOver === 0 ? [] : [[say('carriedOver'), String(carriedOver)]]),
        ],
      },
      { title: say('problems'), rows: [[explain('E6107')]] },
    ],
    json: { streams, keptAs: keptAs ?? null, carriedOver },
    good: true,
  };
}

function rejoinReport(streams: readonly Rejoined[], { say, name }: Speech): Report {
  return {
    sections: [
      {
        title: say('rejoined'),
        rows: [
          [say('stream'), say('forkedAt'), say('pulled'), say('moved')],
          ...streams.map(({ stream, forkedAt, pulled, moved }) => [
            name(stream),
            String(forkedAt),
            String(pulled),
            String(moved),
          ]),
        ],
      },
    ],
    json: streams,
    good: true,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
