import type { RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { stillToComplete } from '../identity/level.ts';
import { fact, facts, notice, words } from '../items/parts.ts';
import { findItem } from '../menu.ts';
import type { ItemId, State } from '../state.ts';
import { resultFacts } from './result-facts.ts';
import type { Became } from './wish.ts';

type Of<S extends RequestOutcome['state']> = Extract<RequestOutcome, { state: S }>;

export interface Told {
  readonly tone: ScreenOf<'accepted'>['tone'];
  readonly title: ReturnType<typeof words>;
  readonly lead: ReturnType<typeof words>;
  readonly blocks: readonly (Block | null)[];
}

/** How far a request is, in words a person can act on. Nothing is claimed that nobody has decided. */
export function toldOf(
  state: State,
  { outcome, offline, item }: { readonly outcome: Became; readonly offline: boolean; readonly item: ItemId },
): Told {
  if (item === 'S03') return called(outcome);
  if (offline || outcome === null || outcome.state === 'received') return received(state, offline, outcome, item);
  switch (outcome.state) {
    case 'decided':
      return outcome.verdict === 'granted' ? granted(outcome) : refused(outcome);
    case 'case':
      return forPerson(outcome);
    case 'needs':
      return needs(outcome);
    case 'identityMissing':
      return {
        tone: 'wait',
        title: words('已收下，还差一步身份核验', 'Received; one step of identification is missing'),
        lead: outcome.words,
        blocks: [facts([due(outcome.dueOn)])],
      };
  }
}

/** In the journal and no further, or at the centre and not looked at yet. */
function received(state: State, offline: boolean, outcome: Became, item: string): Told {
  const level = findItem(state, item)?.level ?? 'L0';
  const incomplete = offline && level !== 'L0' ? stillToComplete(state, level) : null;
  const kept = words(
    '机器会一直保存到送达为止，断电也不会丢。',
    'The machine keeps it until it has arrived, also through a power cut.',
  );
  const lead = offline
    ? words(
        '线路恢复后自动送到中心，现在还没有办成。',
        'It goes to the centre by itself when the line is back. Nothing is decided yet.',
      )
    : outcome?.state === 'received' && outcome.arrived
      ? words(
          '已送到中心，还没有办成。结果凭受理号查询。',
          'The centre has it; nothing is decided yet. Ask with the number.',
        )
      : words(
          '正在送往中心，还没有办成。结果凭受理号查询。',
          'It is on its way; nothing is decided yet. Ask with the number.',
        );
  return {
    tone: 'wait',
    title: words('已收下您的申请', 'Your request was received'),
    lead,
    blocks: [incomplete && notice('info', incomplete), offline ? notice('info', kept) : null],
  };
}

/** The hall hears of it from the centre: only what it says was told is told. */
function called(outcome: Became): Told {
  if (outcome?.state === 'decided')
    return {
      tone: 'good',
      title: words('已通知工作人员', 'Our staff have been told'),
      lead: outcome.words,
      blocks: [],
    };
  return {
    tone: 'wait',
    title: words('呼叫已发出，还没有确认', 'Called, not confirmed yet'),
    lead: words('没有人来的话，请到服务台，或打 12329。', 'If nobody comes, please go to the desk or call 12329.'),
    blocks: [],
  };
}

function granted({ words: said, results }: Of<'decided'>): Told {
  const done = results ? resultFacts(results) : [];
  return {
    tone: 'good',
    title: words('办好了', 'Done'),
    lead: said,
    blocks: [done.length > 0 ? facts(done) : null],
  };
}

/** The rules that were asked, and at each that failed what would change it. */
function refused({ words: said, trace = [] }: Of<'decided'>): Told {
  const steps = trace.slice(0, 6).map((line) => ({
    label: line.words,
    state: line.outcome === 'failed' ? ('failed' as const) : ('done' as const),
    ...(line.outcome === 'failed' && line.change ? { detail: line.change } : {}),
  }));
  return {
    tone: 'fault',
    title: words('这次没有办成', 'Not granted'),
    lead: said,
    blocks: [steps.length > 0 ? { block: 'steps', steps } : null],
  };
}

const due = (date: string) => fact(words('最迟答复', 'Answer by'), { kind: 'date', date }, { strong: true });

function forPerson({ dueOn, why, results }: Of<'case'>): Told {
  return {
    tone: 'wait',
    title: words('已受理，由工作人员办理', 'Accepted; our staff decide'),
    lead: words(
      '到期前一定答复您，也可以随时在“办事进度”里看。',
      'You are answered by that day; see Progress of requests at any time.',
    ),
    blocks: [
      facts([due(dueOn), ...(results ? resultFacts(results) : [])]),
      why.length > 0
        ? {
            block: 'list',
            title: words('为什么要人来看', 'Why a person looks'),
            items: why.slice(0, 4).map((one) => one.words),
          }
        : null,
    ],
  };
}

function needs({ missing, dueOn }: Of<'needs'>): Told {
  return {
    tone: 'wait',
    title: words('已受理，还缺材料', 'Accepted; something is missing'),
    lead: words('先办着，缺的在期限前补上就行。', 'It goes on; hand in what is missing in time.'),
    blocks: [
      facts([
        ...missing.slice(0, 5).map((one) => fact(one.words, { kind: 'date', date: one.until } as const)),
        due(dueOn),
      ]),
    ],
  };
}
