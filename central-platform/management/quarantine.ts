import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import type { SecondReading } from '../ingest/second-reading.ts';
import type { Settled } from '../store/desk-store.ts';
import type { Effect, Quarantined, Store } from '../store/store.ts';
import type { QuarantineDetail, QuarantineLine } from './contract/control.ts';
import type { Handlers } from './handlers.ts';
import type { Steps } from './steps.ts';

const SHOWN_SECONDS = 60;
const SHOWN_CHARACTERS = 8_000;

export interface QuarantineParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly steps: Steps;
  readonly secondReading: SecondReading;
}

/** Entries that no release understood when they came: they stay for ever; here somebody has one read again, or lets it rest. */
export function quarantineHandlers({
  clock,
  store,
  steps,
  secondReading,
}: QuarantineParts): Handlers<'quarantine' | 'quarantined' | 'lookQuarantined' | 'decideQuarantined'> {
  const { work, audit, journal } = store;

  async function find(terminalId: string, stream: Quarantined['stream'], seq: number) {
    const [found] = await journal.quarantined(terminalId, stream, seq, seq);
    return found;
  }

  async function said(found: Quarantined, login: string, what: string, text: string): Promise<void> {
    const at = clock.now();
    await steps.add('quarantine', keyOf(found), { at, by: login, act: what, text });
    await audit.append({ at, actor: login, action: `quarantine.${what}`, subject: keyOf(found), detail: {} });
  }

  async function detail(found: Quarantined): Promise<Result<z.infer<typeof QuarantineDetail>>> {
    const settled = (await work.settled()).find((one) => keyOf(one) === keyOf(found));
    return ok({ ...quarantineLine(found, settled), steps: await steps.of('quarantine', keyOf(found)) });
  }

  return {
    async quarantine() {
      const settled = new Map((await work.settled()).map((one) => [keyOf(one), one]));
      const rows = (await journal.allQuarantined()).map((found) => quarantineLine(found, settled.get(keyOf(found))));
      return ok({ rows: rows.sort((a, b) => Number(a.state !== 'waiting') - Number(b.state !== 'waiting')) });
    },
    async quarantined({ terminalId, stream, seq }) {
      const found = await find(terminalId, stream, seq);
      return found ? detail(found) : fail('E2508');
    },
    async lookQuarantined({ terminalId, stream, seq, reason }, { member }) {
      const found = await find(terminalId, stream, seq);
      const body = found && (await journal.quarantinedBody(terminalId, stream, seq));
      if (!found || !body) return fail('E2508');
      await said(found, member.login, 'looked', reason);
      const text = utf8(body)?.slice(0, SHOWN_CHARACTERS) ?? null;
      return ok({ bytes: body.length, text, seconds: SHOWN_SECONDS });
    },
    async decideQuarantined({ terminalId, stream, seq, decision, comment }, { member }) {
      const found = await find(terminalId, stream, seq);
      if (!found) return fail('E2508');
      if ((await work.settled()).some((one) => keyOf(one) === keyOf(found))) return fail('E2507');
      let became = '';
      if (decision === 'released') {
        // Before it is written down as decided: what is interrupted in between is read once more, and is the same.
        const read = await secondReading.read(terminalId, stream, seq);
        if (!read.ok) {
          await said(found, member.login, 'notUnderstood', read.error.detail ?? '');
          return fail('E2514', read.error.detail);
        }
        became = becameOf(read.value);
      }
      const settled: Settled = {
        ...{ terminalId, stream, seq, decision, by: member.login, at: clock.now(), comment },
      };
      if (!(await work.settleQuarantined(settled))) return fail('E2507');
      await said(found, member.login, decision, comment);
      if (became !== '') await said(found, 'system', 'projected', became);
      return detail(found);
    },
  };
}

/** What an entry amounts to, in a word the page has words for, and the number to look for. */
function becameOf(effect: Effect): string {
  switch (effect.kind) {
    case 'request':
      return `request ${effect.request.requestNumber}`;
    case 'printIntended':
    case 'printSettled':
      return `print ${effect.operation.documentNumber ?? ''}`.trim();
    default:
      return effect.kind;
  }
}

const keyOf = ({ terminalId, stream, seq }: { terminalId: string; stream: string; seq: number }) =>
  `${terminalId} ${stream} ${seq}`;

function quarantineLine(
  { terminalId, stream, seq, code, reason, at }: Quarantined,
  settled: Settled | undefined,
): z.infer<typeof QuarantineLine> {
  return {
    ...{ terminalId, stream, seq, code, reason, at, state: settled?.decision ?? 'waiting' },
    ...{ decidedBy: settled?.by ?? null, comment: settled?.comment ?? null },
  };
}

/** Entries that stand aside and nobody has decided about. */
export async function undecided(store: Store): Promise<number> {
  const settled = new Set((await store.work.settled()).map(keyOf));
  return (await store.journal.allQuarantined()).filter((found) => !settled.has(keyOf(found))).length;
}

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
