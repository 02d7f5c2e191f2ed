import { Counted, type Difference, type Moved } from '@kiosk/contract/platform/reconciliation.ts';
import type { Reconciliation } from '@kiosk/contract/services/sync-agent.ts';
import type { CommandInput } from './commands.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { Report } from './reports.ts';
import type { Speech } from './words.ts';

/** Last heads, last closes, open cases; with `--now` everything is compared first. */
export async function reconcile({ agent, technicianToken, now, speech }: CommandInput): Promise<Result<Report>> {
  const state = await agent.call('reconcile', { technicianToken, now });
  return state.ok ? ok(reconcileReport(state.value, speech)) : state;
}

export function reconcileReport(state: Reconciliation, speech: Speech): Report {
  const { say, name, time } = speech;
  const { openDay, heads, closes, cases, code } = state;
  return {
    sections: [
      {
        title: say('reconciliation'),
        rows: [
          [say('openDay'), openDay ?? '-'],
          [say('headsCompared'), heads ? `${time(heads.at)}  ${verdict(heads.equal, speech)}` : '-'],
          ...(code === undefined ? [] : [[say('state'), speech.explain(code)]]),
        ],
      },
      {
        title: say('head'),
        rows: (heads?.heads ?? []).map(({ stream, seq, head }) => [name(stream), String(seq), head.slice(0, 16)]),
      },
      {
        title: say('closes'),
        rows:
          closes.length === 0
            ? []
            : [
                [say('closeNumber'), say('day'), say('result'), ...Counted.options.map((kind) => name(kind))],
                ...closes.map(({ number, day, result, moved }) => [
                  String(number),
                  day,
                  result === 'waiting' ? say('notCompared') : verdict(result === 'equal', speech),
                  ...Counted.options.map((kind) => movedWords(moved[kind], speech)),
                ]),
              ],
      },
      { title: say('cases'), rows: cases.flatMap((one) => caseRows(one, speech)) },
      { title: say('problems'), rows: cases.length === 0 ? [] : [[speech.explain('E6501')]] },
    ],
    json: state,
    good: cases.length === 0 && code === undefined && heads?.equal !== false,
  };
}

const verdict = (equal: boolean, { say }: Speech): string => say(equal ? 'equal' : 'differs');

const movedWords = (moved: Moved, { name }: Speech): string =>
  'by' in moved ? `+${moved.by}` : name(moved.notComparable);

function caseRows(one: Difference, { say, name, time }: Speech): string[][] {
  const { kind, subject, terminalValue, platformValue, firstSeq, seq, day, openedAt, caseId } = one;
  const where = firstSeq === null ? (seq === null ? '' : `≤ ${seq}`) : `${say('firstAt')} ${firstSeq}`;
  return [
    [name(kind), `${name(subject)} ${where}`.trim(), `${day}  ${time(openedAt)}`],
    ['', say('here'), terminalValue],
    ['', say('there'), platformValue],
    ['', say('caseNumber'), caseId],
  ];
}
