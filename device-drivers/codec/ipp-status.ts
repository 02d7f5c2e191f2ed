import type { Supply } from '@kiosk/contract/services/device-host.ts';
import type { IppAttributes, IppMessage } from './ipp.ts';
import { GROUP } from './ipp.ts';

/** What IPP attributes mean to a kiosk. Reasons are matched on the keyword: printers disagree on the suffix. */

export interface DocumentPrinterStatus {
  readonly state: 'idle' | 'processing' | 'stopped';
  readonly acceptingJobs: boolean;
  /** Keywords without -report, -warning, -error; `none` left out. */
  readonly reasons: readonly string[];
  /** E4102 … E4108: nothing will come out until somebody helps. */
  readonly code?: string | undefined;
  /** E4109, E4110. */
  readonly warnings: readonly string[];
  readonly makeAndModel?: string | undefined;
  readonly supplies: readonly Supply[];
}

export interface DocumentPrinterCapabilities {
  readonly pdf: boolean;
  /** The keyword under which the printer knows A4, when it says so. */
  readonly a4?: string | undefined;
  /** Keywords of sides-supported. */
  readonly sides: readonly string[];
  /** What it takes instead of PDF, when it says so: image/pwg-raster, image/urf. */
  readonly formats: readonly string[];
  readonly createJob: boolean;
  /**
   * A queue of CUPS stands between: it counts a page when its filter has read it, not when it is out, so that its
   * counts say nothing before the job is completed.
   */
  readonly spooler: boolean;
  /** printer-error-policy of that queue: what it does with a job that could not be handed on. */
  readonly errorPolicy?: string | undefined;
  /** Where that queue sends to: ipp:// of the printer itself, usb://, socket://. */
  readonly deviceUri?: string | undefined;
}

export type JobState = 'pending' | 'held' | 'processing' | 'stopped' | 'canceled' | 'aborted' | 'completed';

export interface DocumentJobStatus {
  readonly id: number;
  readonly name: string;
  readonly state: JobState;
  readonly reasons: readonly string[];
  /** Printed sides of paper that are out, and sheets; absent where the printer does not tell. Some tell a 0 for ever. */
  readonly impressions?: number | undefined;
  readonly sheets?: number | undefined;
  /** false: it never came to be processed. A printer that does not say so may have begun. */
  readonly begun: boolean;
  /** When it was begun, in seconds of the printer's own time; a job that is begun again has a later one. */
  readonly begunAt?: number | undefined;
}

/** Worst first: when several are reported, the person is told the first. */
const FAULTS: readonly (readonly [code: string, keywords: readonly string[]])[] = [
  ['E4103', ['media-jam']],
  ['E4104', ['cover-open', 'door-open', 'interlock-open']],
  ['E4102', ['media-empty', 'media-needed', 'input-tray-missing']],
  ['E4108', ['output-area-full', 'output-tray-missing']],
  ['E4105', ['toner-empty', 'marker-supply-empty']],
  ['E4106', ['marker-waste-full', 'opc-life-over', 'fuser-over-temp', 'paused', 'shutdown', 'connecting-to-device']],
];
const WARNINGS: readonly (readonly [code: string, keywords: readonly string[]])[] = [
  ['E4109', ['media-low']],
  ['E4110', ['toner-low', 'marker-supply-low']],
];

/** Code of the worst fault among reasons, which may carry suffixes. */
export function faultOf(reasons: readonly string[]): string | undefined {
  const keywords = reasons.map(withoutSuffix);
  return FAULTS.find(([, known]) => known.some((keyword) => keywords.includes(keyword)))?.[0];
}

export function printerStatusOf(message: IppMessage): DocumentPrinterStatus | undefined {
  const attributes = message.groups.find((group) => group.tag === GROUP.printer)?.attributes;
  const state =
    attributes &&
    ({ 3: 'idle', 4: 'processing', 5: 'stopped' } as const)[integers(attributes, 'printer-state')[0] ?? 0];
  if (!attributes || !state) return undefined;
  const reasons = reasonsOf(attributes, 'printer-state-reasons');
  const acceptingJobs = attributes['printer-is-accepting-jobs']?.values[0] !== false;
  return {
    state,
    acceptingJobs,
    reasons,
    code: faultOf(reasons) ?? (state === 'stopped' || !acceptingJobs ? 'E4106' : undefined),
    warnings: WARNINGS.filter(([, known]) => known.some((keyword) => reasons.includes(keyword))).map(([code]) => code),
    makeAndModel: strings(attributes, 'printer-make-and-model')[0]?.slice(0, LONGEST_MODEL),
    supplies: [{ kind: 'paper', level: paperLevel(reasons) }, ...markersOf(attributes)],
  };
}

function paperLevel(reasons: readonly string[]): Supply['level'] {
  if (['media-empty', 'media-needed', 'input-tray-missing'].some((reason) => reasons.includes(reason))) return 'out';
  return reasons.includes('media-low') ? 'low' : 'full';
}

/** A printer that names no low level of a supply is asked to be looked after at this many percent. */
const LOW_PERCENT = 10;

/** More than any page printer has; of an answer that lists millions the first are kept. */
const MOST_SUPPLIES = 16;
const MOST_REASONS = 32;
/** Characters of printer-make-and-model (RFC 8011). */
const LONGEST_MODEL = 127;

/** Parallel lists: names, kinds, levels (percent; -1 none, -2 unknown, -3 some left), and where low begins. */
function markersOf(attributes: IppAttributes): Supply[] {
  const names = strings(attributes, 'marker-names');
  const kinds = strings(attributes, 'marker-types');
  const lows = integers(attributes, 'marker-low-levels');
  const levels = integers(attributes, 'marker-levels').slice(0, MOST_SUPPLIES);
  return levels.map((level, at) => {
    const kind = /^(toner|ink)/.test(kinds[at] ?? '') ? 'toner' : 'other';
    const name = names[at];
    const called = name ? { name: name.slice(0, 60) } : {};
    if (level < 0 || level > 100) return { kind, ...called, level: level === -3 ? 'full' : 'unknown' };
    const low = lows[at] !== undefined && lows[at] >= 0 ? lows[at] : LOW_PERCENT;
    return { kind, ...called, level: level === 0 ? 'out' : level <= low ? 'low' : 'full', percent: level };
  });
}

export function capabilitiesOf(message: IppMessage): DocumentPrinterCapabilities {
  const attributes = message.groups.find((group) => group.tag === GROUP.printer)?.attributes ?? {};
  const formats = strings(attributes, 'document-format-supported');
  return {
    pdf: formats.includes('application/pdf'),
    formats,
    a4: strings(attributes, 'media-supported').find((media) => /^(iso_a4_|iso-a4|a4$)/i.test(media)),
    sides: strings(attributes, 'sides-supported'),
    spooler: attributes['cups-version'] !== undefined,
    errorPolicy: strings(attributes, 'printer-error-policy')[0],
    deviceUri: strings(attributes, 'device-uri')[0],
    createJob: [5, 6].every((operation) => integers(attributes, 'operations-supported').includes(operation)),
  };
}

const JOB_STATES: Readonly<Record<number, JobState>> = {
  3: 'pending',
  4: 'held',
  5: 'processing',
  6: 'stopped',
  7: 'canceled',
  8: 'aborted',
  9: 'completed',
};

/** Whether a job still waits for its document: nothing of it was printed. */
export function lacksDocument(job: DocumentJobStatus): boolean {
  return (
    !hasEnded(job.state) && ['job-incoming', 'job-data-insufficient'].some((reason) => job.reasons.includes(reason))
  );
}

/** The jobs of an answer, in its order; groups without id or state are left out. */
export function jobsOf(message: IppMessage): DocumentJobStatus[] {
  return message.groups
    .filter((group) => group.tag === GROUP.job)
    .flatMap(({ attributes }): DocumentJobStatus[] => {
      const id = integers(attributes, 'job-id')[0];
      const state = JOB_STATES[integers(attributes, 'job-state')[0] ?? 0];
      if (id === undefined || !state) return [];
      const count = (name: string) => integers(attributes, name).find((value) => value >= 0);
      return [
        {
          id,
          state,
          name: strings(attributes, 'job-name')[0] ?? '',
          reasons: reasonsOf(attributes, 'job-state-reasons'),
          begun: attributes['time-at-processing']?.values[0] !== null,
          begunAt: integers(attributes, 'time-at-processing')[0],
          impressions: count('job-impressions-completed'),
          sheets: count('job-media-sheets-completed'),
        },
      ];
    });
}

export function hasEnded(state: JobState): state is 'canceled' | 'aborted' | 'completed' {
  return state === 'canceled' || state === 'aborted' || state === 'completed';
}

function reasonsOf(attributes: IppAttributes, name: string): string[] {
  return strings(attributes, name)
    .slice(0, MOST_REASONS)
    .map(withoutSuffix)
    .filter((reason) => reason !== 'none');
}

const withoutSuffix = (reason: string) => reason.replace(/-(report|warning|error)$/, '');

/** Values of an attribute that are text; missing is an empty list. */
export function strings(attributes: IppAttributes, name: string): string[] {
  return (attributes[name]?.values ?? []).filter((value) => typeof value === 'string');
}

/** Values of an attribute that are numbers; missing is an empty list. */
export function integers(attributes: IppAttributes, name: string): number[] {
  return (attributes[name]?.values ?? []).filter((value) => typeof value === 'number');
}
