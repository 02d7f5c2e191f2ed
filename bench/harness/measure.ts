import { setTimeout as wait } from 'node:timers/promises';
import type { Figure, MeasureContext, Measured, Unmeasured } from './figure.ts';
import type { MachineDescription } from './machine.ts';
import type { Row } from './results.ts';
import { median, rounded } from './statistics.ts';

/** No figure takes longer. */
export const MOST_MS = 600_000;

export interface Circumstances {
  /** Asked before each figure: the load changes. */
  readonly machine: () => MachineDescription;
  readonly commit: string;
  /** UTC ms. */
  readonly now: () => number;
  readonly tell: MeasureContext['tell'];
  readonly mostMs?: number;
  /** Aborted when somebody stops the bench. */
  readonly stop?: AbortSignal;
}

/** What a figure that was told to stop has to end its programs. */
const ENDING_MS = 20_000;

/**
 * Measures one figure. It always gives a row, except for a figure that another program writes: whatever goes wrong is
 * the row's reason, so that one broken figure costs one line and not the table.
 */
export async function measureFigure(figure: Figure, circumstances: Circumstances): Promise<Row> {
  const machine = circumstances.machine();
  const outcome = await outcomeOf(figure, circumstances);
  const common = {
    unit: figure.unit,
    better: figure.better,
    machine,
    commit: circumstances.commit,
    at: new Date(circumstances.now()).toISOString(),
  };
  if ('reason' in outcome) {
    return { id: figure.id, value: null, reason: outcome.reason, runs: [], against: {}, ...common };
  }
  const { runs, against = {} } = outcome;
  return { id: figure.id, value: rounded(median(runs)), runs: runs.map(rounded), against, ...common };
}

async function outcomeOf({ source }: Figure, circumstances: Circumstances): Promise<Measured | Unmeasured> {
  if (typeof source !== 'function') {
    return { reason: 'notYet' in source ? source.notYet : `written by ${source.writtenBy}, which has not run yet` };
  }
  const mostMs = circumstances.mostMs ?? MOST_MS;
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(`not finished after ${mostMs / 1000} s`), mostMs);
  const signal = circumstances.stop ? AbortSignal.any([time.signal, circumstances.stop]) : time.signal;
  const late = new Promise<Unmeasured>((resolve) => {
    signal.addEventListener('abort', () => resolve({ reason: String(signal.reason) }));
  });
  const work = usable(source({ signal, tell: circumstances.tell }));
  const outcome = await Promise.race([work, late]);
  clearTimeout(timer);
  if (signal.aborted) await Promise.race([work, wait(ENDING_MS, undefined, { ref: false })]);
  return outcome;
}

/** Never rejects: what went wrong becomes the reason. */
async function usable(measuring: Promise<Measured | Unmeasured>): Promise<Measured | Unmeasured> {
  try {
    const outcome = await measuring;
    if ('runs' in outcome && (outcome.runs.length === 0 || !outcome.runs.every(Number.isFinite))) {
      return { reason: 'the measurement gave no usable number' };
    }
    return outcome;
  } catch (error) {
    return { reason: `failed: ${firstLine(error)}` };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
}
