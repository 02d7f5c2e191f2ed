import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { makeResumeCode } from '@kiosk/domain/resume-code.ts';
import { SYNTHETIC_CENTRE_CODE, SYNTHETIC_CENTRE_NAME } from '@kiosk/domain/synthetic.ts';
import { appointmentSlip } from './appointment-slip.ts';
import { calculationSlip } from './calculation-slip.ts';
import { failureSlip } from './failure-slip.ts';
import { gapSlip } from './gap-slip.ts';
import { branchSlip, materialSlip } from './guide-slips.ts';
import { progressSlip } from './progress-slip.ts';
import { receiptSlip } from './receipt-slip.ts';
import { requestSlip } from './request-slip.ts';
import { sessionSlip } from './session-slip.ts';
import { statementSlip } from './statement-slip.ts';
import type { SlipLanguage } from './words.ts';

const requestNumber = makeRequestNumber({ terminal: 'JZ0030', counter: 427 });
const documentNumber = makeDocumentNumber({
  centre: SYNTHETIC_CENTRE_CODE,
  date: '2026-11-21',
  terminal: 'JZ0030',
  sequence: 427,
});
const resumeCode = makeResumeCode((n) => Uint8Array.from({ length: n }, (_, i) => i * 37));
const caseNumber = 'JZ20261121000042';

/** Every slip there is, of invented cases, in a language. For tests, previews and documentation. */
export function exampleSlips(language: SlipLanguage): Readonly<Record<string, SlipDocumentInput>> {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const frame = {
    language,
    centreName: say(SYNTHETIC_CENTRE_NAME, 'Jiangzhou Housing Provident Fund Centre'),
    terminalId: 'JZ0030',
    at: Date.UTC(2026, 10, 21, 6, 8, 5),
  };
  const rent = say('租房提取', 'Rent withdrawal');
  const branch = say('临江管理部', 'Linjiang branch');
  const idCard = say('身份证', 'ID card');
  const payoutCard = say('收款银行卡', 'Bank card for the payment');
  const noHome = say('无房证明', 'Proof of owning no home');
  return {
    statement: statementSlip({
      ...frame,
      documentNumber,
      verificationCode: '0123456789ABCDEF',
      verifyUrl: 'https://gjj.jiangzhou.example/v',
      documentTitle: say('个人住房公积金缴存明细对账单', 'Deposit statement'),
      period: { from: '2025-12-01', to: '2026-11-21' },
      pages: 3,
    }),
    request: requestSlip({
      ...frame,
      requestNumber,
      item: say('投诉', 'Complaint'),
      replyWay: say('短信答复 122******42', 'SMS to 122******42'),
      offline: false,
    }),
    offlineRequest: requestSlip({
      ...frame,
      requestNumber,
      item: rent,
      replyWay: say('短信答复 122******42', 'SMS to 122******42'),
      offline: true,
      identity: 'pending',
      details: [
        [say('提取月数', 'Months'), '6'],
        [payoutCard, '**** 0099'],
      ],
    }),
    accepted: receiptSlip({
      ...frame,
      caseNumber,
      item: rent,
      outcome: 'accepted',
      received: [idCard, payoutCard],
      missing: [noHome],
      supplyBy: '2026-12-05',
      decideBy: '2026-11-24',
    }),
    done: receiptSlip({
      ...frame,
      caseNumber,
      item: say('联系信息变更', 'Change of contact'),
      outcome: 'done',
      details: [[say('新手机号码', 'New phone'), '122******42']],
    }),
    refused: receiptSlip({
      ...frame,
      caseNumber,
      item: rent,
      outcome: 'refused',
      reasons: [say('名下在本市有住房。', 'A home in this city is registered to you.')],
    }),
    gap: gapSlip({
      ...frame,
      caseNumber,
      item: rent,
      gaps: [
        {
          material: noHome,
          need: say('已过期，请提供三个月内出具的证明。', 'Out of date; one of the last three months.'),
        },
        { material: payoutCard, need: say('户名与申请人不一致。', 'The holder is another person.') },
      ],
      ways: [
        say('自助终端“办事进度与补件”', 'Any terminal: Progress'),
        say('临江管理部柜台', 'Linjiang branch, counter'),
      ],
      supplyBy: '2026-12-05',
      page: 'https://gjj.jiangzhou.example/m/cases/YTJ',
    }),
    materials: materialSlip({
      ...frame,
      number: 'M-000427',
      item: rent,
      materials: [
        { name: idCard, form: 'original' },
        { name: payoutCard, form: 'original', note: say('本人名下的借记卡。', 'A debit card in your own name.') },
        { name: noHome, form: 'shared' },
      ],
      timeLimit: say('3 个工作日', '3 working days'),
      places: [say('任一自助终端', 'Any terminal'), branch],
      updatedOn: '2026-11-20',
    }),
    branch: branchSlip({
      ...frame,
      number: 'B-000427',
      name: branch,
      address: say('江州市临江区白鹭路 18 号', '18 Bailu Road, Linjiang'),
      hours: [say('周一至周五 9:00–17:00', 'Mon–Fri 9:00–17:00'), say('周六 9:00–12:00', 'Sat 9:00–12:00')],
      phone: '12329',
      waiting: { people: 3, at: '14:05' },
      machines: say('2 台，均可使用', '2, both working'),
    }),
    appointment: appointmentSlip({
      ...frame,
      number: requestNumber,
      ticket: 'B003',
      state: 'confirmed',
      item: rent,
      branch,
      address: say('江州市临江区白鹭路 18 号', '18 Bailu Road, Linjiang'),
      date: '2026-11-25',
      slot: '09:30–10:00',
      bring: [idCard, payoutCard],
    }),
    requestedAppointment: appointmentSlip({
      ...frame,
      number: requestNumber,
      state: 'requested',
      item: rent,
      branch,
      date: '2026-11-25',
      slot: '09:30–10:00',
      bring: [idCard],
    }),
    progress: progressSlip({
      ...frame,
      caseNumber,
      item: rent,
      step: say('等待补件', 'Waiting for papers'),
      decideBy: '2026-12-08',
      history: [
        { at: '2026-11-21 14:08', what: say('自助终端收到申请', 'Received at a terminal') },
        { at: '2026-11-21 15:30', what: say('已容缺受理', 'Accepted with gaps') },
      ],
      missing: [noHome],
      supplyBy: '2026-12-05',
    }),
    calculation: calculationSlip({
      ...frame,
      number: 'C-000427',
      what: say('贷款计算', 'Loan calculator'),
      entered: [
        [say('贷款金额', 'Loan'), say('1,000,000.00 元', '1,000,000.00')],
        [say('期限', 'Term'), say('360 个月', '360 months')],
        [say('年利率', 'Rate'), '2.60%'],
      ],
      result: [
        [say('每月还款', 'Each month'), say('4,003.40 元', '4,003.40')],
        [say('利息总额', 'Interest in all'), say('441,222.35 元', '441,222.35')],
      ],
      rules: [say('等额本息，月供四舍五入到分', 'Equal payments, rounded to the fen')],
    }),
    session: sessionSlip({
      ...frame,
      sessionNumber: 'S-000427',
      read: [say('身份证上的姓名和号码', 'Name and number from the ID card')],
      printed: [say('对账单，3 页', 'Statement, 3 pages')],
      left: [],
      stored: [say('您的个人信息：本机不保存', 'Your personal data: nothing is kept here')],
    }),
    failure: failureSlip({
      ...frame,
      resumeCode,
      failed: say('打印机中途缺纸，只打出了第 1 页。', 'The printer ran out of paper after page 1.'),
      safe: say(
        '对账单已经生成并存档，没有重复计费或重复登记。',
        'The statement is made and archived; nothing was done twice.',
      ),
      next: say(
        '请到旁边的终端或柜台，报出续办码继续打印。',
        'Go to the next terminal or the counter and quote the code.',
      ),
      errorCode: 'E4102',
    }),
  };
}
