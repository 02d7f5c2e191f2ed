import type { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Fact } from '@kiosk/contract/screen/blocks.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskPhone } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { linkCode } from '../../menu.ts';
import type { Wish } from '../../requests/wish.ts';
import type { State } from '../../state.ts';
import { CheckedCard, shownCard } from '../payout-card/step.ts';
import { UNITS, count, data, date, fact, money, said, words } from '../parts.ts';

/** What was filled in so far of a withdrawal; a question whose answer is absent has not been asked. */
export const Filled = z.object({
  item: z.enum(['B03', 'B04', 'B05']),
  months: z.number().int().min(1).max(12).optional(),
  /** null: the person does not know the day. */
  retiredOn: z.string().nullable().optional(),
  /** How what has to be proven is proven: looked up, promised with a signature, or handed in later. */
  proof: z.enum(['consent', 'commitment', 'later']).optional(),
  loanNumber: z.string().max(40).optional(),
  way: z.enum(['once', 'offsetMonthly', 'offsetYearly']).optional(),
  firstRunOn: z.string().optional(),
  /** As the rules said it. Absent: the platform could not be asked. */
  amountFen: z.number().int().optional(),
  interestFen: z.number().int().optional(),
  payTo: z.enum(['onRecord', 'newCard']).optional(),
  card: CheckedCard.optional(),
  /** B03: other things that are done with the same signature. */
  contact: z
    .object({ phone: z.string().max(11), contactCheckId: z.string().max(60) })
    .nullable()
    .optional(),
});
export type Filled = z.infer<typeof Filled>;

/** The reason's code (JGJ/T 320 table A.7), what has to be proven, and who can be asked for it. */
export const KINDS = {
  B03: { reason: '03', material: 'retirement', office: 'work', name: words('退休提取', 'Retirement withdrawal') },
  B04: { reason: '07', material: 'noHomeHere', office: 'homes', name: words('租房提取', 'Rent withdrawal') },
  B05: { reason: '06', material: null, office: null, name: words('还贷提取', 'Repayment withdrawal') },
} as const;

export const WAYS = {
  once: words('提取一次', 'Withdraw once'),
  offsetMonthly: words('每月用公积金还贷', 'Repay from the fund every month'),
  offsetYearly: words('每年用公积金还一次', 'Repay from the fund once a year'),
} as const;

const PROOFS = {
  consent: words('同意中心查询', 'The centre may look it up'),
  commitment: words('签承诺书', 'A signed commitment'),
  later: words('以后补交', 'Handed in later'),
} as const;

type Kind = (typeof KINDS)[Filled['item']];
type WithdrawalForm = Extract<RequestForm, { item: Filled['item'] }>;

export function commitmentFor(state: State, { item }: Filled) {
  const { material } = KINDS[item];
  return state.agent?.catalogue?.commitments?.find(
    (one) => one.items.includes(item) && material !== null && one.materials.includes(material),
  );
}

export function wishOf(state: State, filled: Filled): Wish {
  const { item, way } = filled;
  const kind: Kind = KINDS[item];
  const offset = way === 'offsetMonthly' || way === 'offsetYearly';
  return {
    item,
    form: formOf(state, filled),
    person: personOf(filled),
    line: offset ? WAYS[way] : kind.name,
    facts: factsOf(filled),
    statement: statementOf(state, filled),
    confirmed: true,
    reply: !offset,
  };
}

function formOf(state: State, filled: Filled): WithdrawalForm {
  const { item, proof, payTo = 'onRecord', card, contact } = filled;
  const { material, office } = KINDS[item];
  const commitment = proof === 'commitment' ? commitmentFor(state, filled) : undefined;
  const rest = {
    payTo,
    ...(card ? { cardCheckId: card.cardCheckId } : {}),
    ...(office !== null && proof === 'consent' ? { consents: [office] } : {}),
    ...(material !== null && proof === 'consent' ? { supplied: [{ material, by: 'consent' as const }] } : {}),
    ...(material !== null && (proof === 'later' || proof === 'commitment') ? { gaps: [{ material, as: proof }] } : {}),
    ...(commitment ? { commitment: { textId: commitment.textId, version: commitment.version } } : {}),
  };
  switch (item) {
    case 'B03':
      return {
        item,
        ...rest,
        ...(filled.retiredOn ? { retiredOn: filled.retiredOn } : {}),
        ...(contact
          ? {
              bundle: {
                kind: 'retirement' as const,
                parts: [{ item: 'B01' as const, change: 'phone' as const, contactCheckId: contact.contactCheckId }],
              },
            }
          : {}),
      };
    case 'B04':
      return { item, ...rest, months: filled.months ?? 1 };
    case 'B05':
      return { item, ...rest, way: filled.way ?? 'once' };
  }
}

function personOf({ card, contact, loanNumber }: Filled): RequestPerson {
  return {
    ...(card ? { cardNumber: card.number } : {}),
    ...(contact ? { newPhone: contact.phone } : {}),
    ...(loanNumber === undefined ? {} : { loanNumber }),
  };
}

function factsOf(filled: Filled): Fact[] {
  const { item, months, retiredOn, proof, way, firstRunOn, amountFen, interestFen, payTo, card, contact, loanNumber } =
    filled;
  return [
    fact(words('业务', 'What'), said(way ? WAYS[way] : KINDS[item].name)),
    loanNumber !== undefined && fact(words('贷款', 'Loan'), data(maskAccount(loanNumber))),
    months !== undefined && fact(words('几个月', 'Months'), count(months, UNITS.months)),
    retiredOn && fact(words('退休日期', 'Retired on'), date(retiredOn)),
    amountFen !== undefined && fact(words('可提金额', 'Amount'), money(amountFen), { strong: true }),
    interestFen !== undefined && interestFen > 0 && fact(words('另加利息', 'Interest on top'), money(interestFen)),
    firstRunOn !== undefined && fact(words('第一次扣划', 'First run'), date(firstRunOn), { strong: true }),
    proof && fact(words('证明', 'Proof'), said(PROOFS[proof])),
    payTo &&
      fact(words('付到', 'Paid to'), card ? data(shownCard(card)) : said(words('登记的收款卡', 'Card on record'))),
    contact && fact(words('新手机号', 'New phone'), data(maskPhone(contact.phone))),
  ].filter((one): one is Fact => Boolean(one));
}

const STATEMENTS = {
  B03: words(
    '本人已退休，申请提取全部住房公积金并注销账户。以上内容属实。',
    'I have retired and ask to withdraw all of my fund and to close the account. What is said above is true.',
  ),
  B04: words(
    '本人申请提取住房公积金支付房租。以上内容属实。',
    'I ask to withdraw from the fund for my rent. What is said above is true.',
  ),
  B05: words(
    '本人申请提取住房公积金偿还上面这笔贷款。以上内容属实。',
    'I ask to withdraw from the fund for the loan above. What is said above is true.',
  ),
  offset: words(
    '本人同意按上面的方式，用住房公积金账户余额偿还上面这笔贷款，直到贷款结清或本人解约。余额不足时仍从还款账户扣款。',
    'I agree that the loan above is repaid from my fund as said, until it is paid off or I end this. What the fund lacks is taken from my repayment account.',
  ),
} as const;

/** Word for word what the centre published, where something is promised instead of shown. */
function statementOf(state: State, filled: Filled): Wish['statement'] {
  if (filled.way === 'offsetMonthly' || filled.way === 'offsetYearly') return STATEMENTS.offset;
  const commitment = filled.proof === 'commitment' ? commitmentFor(state, filled) : undefined;
  const own = STATEMENTS[filled.item];
  if (!commitment) return own;
  const { text, consequence } = commitment;
  return words(`${own.zh}${text.zh}${consequence.zh}`, `${own.en} ${text.en} ${consequence.en}`);
}

export type Question = 'months' | 'proof' | 'retiredOn' | 'way' | 'payTo' | 'contact';

/** The next question, in the order in which a clerk would ask; null: what comes next is the signature. */
export function nextQuestion(state: State, filled: Filled): Question | null {
  const { item, proof, way, payTo, contact } = filled;
  if (item === 'B05' && way === undefined) return 'way';
  if (way === 'offsetMonthly' || way === 'offsetYearly') return null;
  if (item === 'B04' && filled.months === undefined) return 'months';
  if (KINDS[item].material !== null && proof === undefined) return 'proof';
  if (item === 'B03' && proof !== 'consent' && filled.retiredOn === undefined) return 'retiredOn';
  if (payTo === undefined) return 'payTo';
  // A phone is checked with a code; without the platform the one on record stays.
  const online = Boolean(state.person?.token) && linkCode(state) === null;
  return item === 'B03' && contact === undefined && online ? 'contact' : null;
}

/** Whoever retired longer ago leaves the day out. */
export function retirementDays(state: State): { from: string; to: string; start: string } {
  const today = shanghaiDate(state.time.now);
  return { from: addDays(today, -3650), to: today, start: addDays(today, -30) };
}
