import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { count, data, date, fact, facts, notice, pageOf, press, words } from '../parts.ts';
import { type OwnPaper, PER_PAGE } from './verify.ts';

const ITEM = 'P08';
type Verified = PlatformAnswer<'verifyDocument'>;

export function waysScreen(scanner: boolean, identified: boolean): Screen {
  return {
    screen: 'choices',
    item: ITEM,
    title: words('核验或补打凭证', 'Verify or reprint a paper'),
    options: [
      {
        id: 'scan',
        title: words('扫纸上的二维码', 'Scan the code on the paper'),
        note: words('在纸的右下角', 'At the bottom right'),
        ...(scanner
          ? {}
          : { closed: words('扫码器现在不能用，请输入编号', 'The scanner is out of order; type the number') }),
      },
      { id: 'type', title: words('输入编号和验证码', 'Type number and code') },
      {
        id: 'own',
        title: words('补打我的凭证', 'Print one of mine again'),
        ...(identified ? {} : { closed: words('请先放身份证核验', 'Identify yourself first') }),
      },
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

export function scanScreen(): Screen {
  return {
    screen: 'wait',
    item: ITEM,
    title: words('把二维码对准扫码窗', 'Hold the code to the scanner'),
    lead: words('距离一拳左右，别晃动。', 'A fist away, and still.'),
    picture: 'scanPaper',
    typed: null,
    secondsLeft: null,
    blocks: [],
    presses: [press('type', words('改为输入编号', 'Type the number'))],
  };
}

export function numberScreen(error: boolean): Screen {
  return {
    screen: 'entry',
    item: ITEM,
    title: words('输入凭证编号', 'Number of the paper'),
    lead: words('印在每一页的页脚，共 29 位。', 'At the foot of each page, 29 characters.'),
    field: 'number',
    ask: { kind: 'code', max: 40 },
    error: error ? words('编号不对，请看清再输', 'That number does not fit; please look again') : null,
    presses: [],
  };
}

export function codeScreen(documentNumber: string): Screen {
  return {
    screen: 'entry',
    item: ITEM,
    title: words('输入验证码', 'Verification code'),
    lead: words(`编号 ${documentNumber}`, `Number ${documentNumber}`),
    field: 'code',
    ask: { kind: 'code', max: 24 },
    error: null,
    presses: [],
  };
}

const VERDICTS: Readonly<
  Record<
    Verified['verdict'],
    { tone: 'good' | 'wait' | 'fault'; title: ReturnType<typeof words>; lead: ReturnType<typeof words> }
  >
> = {
  valid: {
    tone: 'good',
    title: words('凭证有效', 'This paper is valid'),
    lead: words('由本中心出具，内容与下面一致才是真的。', 'Issued by this centre. It has to say what stands below.'),
  },
  expired: {
    tone: 'wait',
    title: words('凭证已过期', 'This paper has expired'),
    lead: words('是本中心出具的，但已过有效期。', 'Issued by this centre, and out of date.'),
  },
  cancelled: {
    tone: 'fault',
    title: words('凭证已作废', 'This paper was cancelled'),
    lead: words('是本中心出具的，后来撤销了。', 'Issued by this centre, and called back since.'),
  },
  unknown: {
    tone: 'fault',
    title: words('查不到这份凭证', 'No such paper'),
    lead: words(
      '编号和验证码对不上。请看清再试，或到窗口核实。',
      'Number and code do not fit. Try again, or ask at the counter.',
    ),
  },
  locked: {
    tone: 'wait',
    title: words('暂时不能核验', 'Cannot be verified now'),
    lead: words('试错的次数太多，请过一会儿再来。', 'Too many wrong tries. Please come back later.'),
  },
};

export function verdictScreen({ verdict, paper }: Verified): Screen {
  const { tone, title, lead } = VERDICTS[verdict];
  return {
    screen: 'sheet',
    item: ITEM,
    title,
    lead,
    blocks: [
      notice(tone, title),
      ...(paper
        ? [
            facts([
              fact(words('凭证', 'Paper'), { kind: 'words' as const, words: paper.title }),
              fact(words('出具时间', 'Issued'), { kind: 'moment' as const, at: paper.issuedAt }),
              paper.validUntil === null ? null : fact(words('有效期至', 'Valid until'), date(paper.validUntil)),
              fact(words('页数', 'Pages'), count(paper.pages)),
              fact(words('补打次数', 'Reprints'), count(paper.reprints)),
            ]),
            facts(paper.facts.slice(0, 9).map(({ zh, en, value }) => fact(words(zh, en), data(value)))),
          ]
        : []),
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

const STATES: Readonly<Record<OwnPaper['state'], ReturnType<typeof words>>> = {
  valid: words('有效', 'Valid'),
  expired: words('已过期，不能补打', 'Expired'),
  cancelled: words('已作废，不能补打', 'Cancelled'),
};

const KINDS: Readonly<Record<string, ReturnType<typeof words>>> = {
  depositStatement: words('缴存明细对账单', 'Deposit statement'),
  depositCertificate: words('个人缴存证明', 'Deposit certificate'),
  crossRegionCertificate: words('异地贷款缴存使用证明', 'Cross-region loan certificate'),
  loanSettlement: words('贷款结清证明', 'Loan settlement certificate'),
  repaymentHistory: words('还款明细', 'Repayment history'),
  repaymentSchedule: words('还款计划', 'Repayment schedule'),
  annualStatement: words('年度对账单', 'Annual statement'),
  accountSheet: words('账户信息单', 'Account information sheet'),
  loanSheet: words('贷款信息单', 'Loan information sheet'),
  acceptance: words('业务受理回执', 'Acceptance receipt'),
};

export function ownScreen(papers: readonly OwnPaper[], page: number): Screen {
  const { rows, pages } = pageOf(papers, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('补打哪一份？', 'Which one again?'),
    lead: words('补打件上会印“补打”和次数。', 'A reprint says that it is one, and which.'),
    options: rows.map((paper) => ({
      id: paper.documentNumber,
      title: KINDS[paper.kind] ?? words('凭证', 'Paper'),
      note: words(`编号尾号 ${paper.documentNumber.slice(-7)}`, `Number ends in ${paper.documentNumber.slice(-7)}`),
      value: { kind: 'moment' as const, at: paper.issuedAt },
      ...(paper.state === 'valid' ? {} : { closed: STATES[paper.state] }),
    })),
    empty: words('还没有可以补打的凭证', 'There is nothing to print again'),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}
