import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import type { Period } from '@kiosk/contract/platform/api.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { firstDay, lastDay, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatResumeCode } from '@kiosk/domain/resume-code.ts';
import { big, line, middle, row, RULE, slip, type SlipFrame } from '@kiosk/documents/slips/parts.ts';
import { requestSlip } from '@kiosk/documents/slips/request-slip.ts';
import { statementSlip } from '@kiosk/documents/slips/statement-slip.ts';
import type { SlipJob } from './flow/state.ts';
import { sheetSlip } from './sheet-slip.ts';

/** What every slip of this session says about where it comes from. */
export interface SlipOrigin {
  readonly language: Language;
  readonly centreName: Words;
  readonly terminalId: string;
  readonly enquiryPhone: string;
  /** UTC ms. */
  readonly at: number;
}

const ASK_WITH_NUMBER: Words = { zh: '凭本条编号查询', en: 'Ask with this number' };
const BY_PHONE: Words = { zh: '电话', en: 'By phone' };

/** As on the paper: a month that is not over ends today. */
function daysOf({ from, to }: Period, today: string): { readonly from: string; readonly to: string } {
  const monthEnd = lastDay(to);
  return { from: firstDay(from), to: monthEnd < today ? monthEnd : today };
}

/** Turns a slip's meaning into the document that is printed, in the person's language. */
export function slipDocument(job: SlipJob, origin: SlipOrigin): SlipDocumentInput {
  const { language } = origin;
  const frame: SlipFrame = {
    language: language === 'zh' ? 'zh-CN' : 'en',
    centreName: origin.centreName[language],
    terminalId: origin.terminalId,
    at: origin.at,
    enquiryPhone: origin.enquiryPhone,
  };
  if (job.kind === 'statement') {
    const { documentNumber, verificationCode, verificationUrl, pages, period, title } = job.document;
    return statementSlip({
      ...frame,
      documentNumber,
      verificationCode,
      // The slip's kit puts number and code behind the address again.
      verifyUrl: verificationUrl.split('?')[0]!,
      documentTitle: title[language],
      ...(period === null ? {} : { period: daysOf(period, shanghaiDate(origin.at)) }),
      pages,
    });
  }
  if (job.kind === 'sheet') return sheetSlip(job, frame, language);
  return job.kind === 'resume' ? resumeSlip(job, frame, language) : requestSlipOf(job, frame, language);
}

/** A code to go on with elsewhere. */
function resumeSlip(
  { code, expiresAt }: Extract<SlipJob, { kind: 'resume' }>,
  frame: SlipFrame,
  language: Language,
): SlipDocumentInput {
  const t = RESUME;
  return slip(code, t.title[language], frame, [
    middle(t.code[language]),
    big(formatResumeCode(code)),
    RULE,
    row(t.until[language], shanghaiDateTime(expiresAt)),
    line(t.how[language]),
    line(t.yours[language]),
  ]);
}

const RESUME = {
  title: { zh: '接着办', en: 'Go on elsewhere' },
  code: { zh: '接办码', en: 'Code' },
  until: { zh: '有效到', en: 'Good until' },
  how: {
    zh: '到窗口报给工作人员，或在任一台机器选“接着办”。',
    en: 'Tell it at a counter, or choose Go on with a code at any machine.',
  },
  yours: { zh: '只有您本人核验身份后才能打开。', en: 'It opens only for you, once identified again.' },
} as const satisfies Record<string, Words>;

function requestSlipOf(
  { requestNumber, offline, receivedAt, request }: Extract<SlipJob, { kind: 'request' }>,
  frame: SlipFrame,
  language: Language,
): SlipDocumentInput {
  const item = `${request.itemName[language]} · ${request.line[language]}`;
  const replyWay = request.replyTo === null ? ASK_WITH_NUMBER[language] : `${BY_PHONE[language]} ${request.replyTo}`;
  return requestSlip({ ...frame, at: receivedAt, requestNumber, item, replyWay, offline });
}
