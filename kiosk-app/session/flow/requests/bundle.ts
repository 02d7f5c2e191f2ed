import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import type { Block, Press, Value } from '@kiosk/contract/screen/blocks.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { fact, facts, press, said, words } from '../items/parts.ts';
import { deviceCode, findItem, linkCode } from '../menu.ts';
import type { Paper, StageOf, State } from '../state.ts';

type Accepted = StageOf<'accepted'>;

/** What is done with the same signature, by item (高效办成一件事). */
export const partsOfForm = (form: RequestForm): readonly string[] =>
  form.item === 'B03' ? (form.bundle?.parts ?? []).map(({ item }) => item) : [];

export const PART_NAMES: Readonly<Record<string, Words>> = {
  B01: words('联系信息变更', 'Change of contact'),
  B02: words('收款卡变更', 'Change of payout card'),
  B03: words('退休提取', 'Retirement withdrawal'),
  B09: words('授权查询', 'Consent'),
};

const STANDS = {
  granted: words('办好了', 'Done'),
  refused: words('没有办成', 'Not granted'),
  open: words('工作人员办理', 'With our staff'),
  received: words('已收下，还没有办', 'Received, not handled yet'),
  needs: words('还缺材料', 'Something is missing'),
  printed: words('已打印', 'Printed'),
  canPrint: words('现在就可以打印', 'Can be printed now'),
  later: words('现在打不了，以后在任一自助机打印', 'Not now; at any machine later'),
} as const;

/** What retired people take along for the papers of their pension. */
export const CERTIFICATE: Paper = {
  item: 'P02',
  title: words('个人缴存证明', 'Deposit certificate'),
  masked: true,
  ask: { kind: 'depositCertificate', purpose: '办理退休手续' },
};

/** A retirement is one matter of several parts: each with what became of it. null: not one of those. */
export function bundleBlock(state: State, { request, outcome }: Accepted): Block | null {
  if (request.item !== 'B03') return null;
  const results = outcome && 'results' in outcome ? outcome.results : undefined;
  const parts = request.parts.map((item) => {
    const part = results?.parts?.find((one) => one.item === item);
    const stands = part ? STANDS[part.verdict] : STANDS.received;
    return fact(nameOf(item), said(stands), part && part.verdict !== 'granted' ? { note: part.words } : {});
  });
  return facts(
    [
      ...parts,
      fact(nameOf('B03'), whole(outcome), { strong: true }),
      fact(CERTIFICATE.title, said(STANDS[certificate(state)])),
    ],
    words('一起办的几件事', 'The parts of it'),
  );
}

const nameOf = (item: string): Words => PART_NAMES[item] ?? words(item, item);

function whole(outcome: Accepted['outcome']): Value {
  switch (outcome?.state) {
    case 'decided':
      return said(STANDS[outcome.verdict]);
    case 'case':
      return said(STANDS.open);
    case 'needs':
      return said(STANDS.needs);
    default:
      return said(STANDS.received);
  }
}

function certificate(state: State): 'printed' | 'canPrint' | 'later' {
  const printed = Object.values(state.operations).some(
    ({ job, outcome }) =>
      job.kind === 'document' && job.document.title.zh === CERTIFICATE.title.zh && outcome === 'done',
  );
  if (printed) return 'printed';
  const item = findItem(state, CERTIFICATE.item);
  const open = item?.state === 'open' && state.person?.token && linkCode(state) === null;
  return open && deviceCode(state, 'documentPrinter') === null ? 'canPrint' : 'later';
}

/** The paper that belongs to it is printed from here. */
export const bundlePresses = (state: State, { request }: Accepted): readonly Press[] =>
  request.item === 'B03' && certificate(state) === 'canPrint'
    ? [press('certificate', words('打印缴存证明', 'Print the certificate'))]
    : [];
