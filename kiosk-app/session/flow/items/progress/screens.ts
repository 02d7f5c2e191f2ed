import type { RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';
import { resultFacts } from '../../requests/result-facts.ts';
import { toldOf } from '../../requests/told.ts';
import type { State } from '../../state.ts';
import { data, date, fact, facts, pageOf, placeId, press, said, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import type { CaseLine, Progress } from './flow.ts';

const ITEM = 'Q06';
const PER_PAGE = 6;

/** Where it was left, by the codes of channels (domain facts 1.1). */
const CHANNELS: Readonly<Record<string, ReturnType<typeof words>>> = {
  '10': words('手机应用', 'Phone app'),
  '20': words('微信', 'WeChat'),
  '30': words('网站', 'Website'),
  '40': words('网上大厅', 'Online hall'),
  '50': words('自助终端', 'Self-service terminal'),
  '60': words('12329 热线', 'Hotline 12329'),
  '70': words('短信', 'Text message'),
  '80': words('微博', 'Weibo'),
};
const OTHER = words('窗口', 'Counter');

export const pagesOf = ({ cases }: Progress): number => pageOf(cases, 1, PER_PAGE).pages;

export function listScreen({ cases, masked }: Progress, page: number): Screen {
  const from = (page - 1) * PER_PAGE;
  const { rows, pages } = pageOf(cases, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('您办的事', 'Your requests'),
    lead: masked
      ? words(
          '手机、网上、窗口办的都在这里。金额和结果核验身份后可看。',
          'From every channel. Amounts show once you have identified yourself further.',
        )
      : words('手机、网上、窗口办的都在这里。', 'From every channel.'),
    options: rows.map((line, i) => ({
      id: placeId(from + i),
      title: line.name,
      note: line.step,
      value: { kind: 'moment', at: line.receivedAt },
    })),
    empty: words('没有正在办或办过的事。', 'There is nothing yet.'),
    page,
    pages,
    presses: [],
  };
}

const OVER: readonly CaseLine['state'][] = ['granted', 'refused', 'withdrawn'];

export function caseSheet(line: CaseLine, masked: boolean, identified: boolean): Screen {
  const { name, number, step, state, dueOn, late, missing, why, results, channel, receivedAt, decidedAt } = line;
  const over = OVER.includes(state);
  const failed = state === 'refused';
  return {
    screen: 'sheet',
    item: ITEM,
    title: name,
    lead: words(`受理号 ${formatted(number)}`, `Number ${formatted(number)}`),
    blocks: [
      {
        block: 'steps',
        steps: [
          {
            label: words('已收到', 'Received'),
            state: 'done',
            at: { kind: 'moment', at: receivedAt },
            detail: CHANNELS[channel] ?? OTHER,
          },
          {
            label: step,
            state: failed ? 'failed' : over ? 'done' : 'now',
            ...(decidedAt === null ? {} : { at: { kind: 'moment', at: decidedAt } }),
            ...(why === null ? {} : { detail: why }),
          },
          ...(over
            ? []
            : [
                {
                  label: words('办结', 'Decided'),
                  state: 'next' as const,
                  ...(dueOn === null
                    ? {}
                    : {
                        at: date(dueOn),
                        detail: late
                          ? words('已超期，正在催办', 'Late; it is being pressed')
                          : words('最迟', 'at the latest'),
                      }),
                },
              ]),
        ],
      },
      ...(missing.length > 0
        ? [
            facts(
              missing.slice(0, 5).map((one) => fact(one.words, date(one.until))),
              words('还缺的材料和期限', 'What is missing, and by when'),
            ),
          ]
        : []),
      ...(results && resultFacts(results).length > 0 ? [facts(resultFacts(results))] : []),
    ],
    page: 1,
    pages: 1,
    presses: [
      TAKE_HOME,
      ...(missing.length > 0 && !masked ? [press('phone', words('用手机补材料', 'Send by phone'), 'go')] : []),
      ...(state === 'identityMissing' ? [press('complete', words('现在补做核验', 'Identify now'), 'go')] : []),
      ...(masked && !identified && state !== 'identityMissing'
        ? [press('identify', words('核验身份看全部', 'Identify to see all'))]
        : []),
    ],
  };
}

const formatted = (number: string): string => (number.startsWith('YTJ') ? formatRequestNumber(number) : number);

/** What became of it once its identity was completed. */
export function becameSheet(state: State, number: string, outcome: RequestOutcome): Screen {
  const { title, lead, blocks } = toldOf(state, { item: ITEM, offline: false, outcome });
  return {
    screen: 'sheet',
    item: ITEM,
    title,
    lead,
    blocks: [
      facts([
        fact(words('受理号', 'Number'), data(formatted(number))),
        fact(words('身份核验', 'Identity'), said(words('已补齐', 'Complete'))),
      ]),
      ...blocks.filter((one) => one !== null),
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}
