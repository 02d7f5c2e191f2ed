import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import type { Period } from '@kiosk/contract/platform/api.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { firstDay, lastDay, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatResumeCode } from '@kiosk/domain/resume-code.ts';
import { big, line, middle, row, RULE, slip, type SlipFrame } from '@kiosk/documents/slips/parts.ts';
import { sessionSlip } from '@kiosk/documents/slips/session-slip.ts';
import { statementSlip } from '@kiosk/documents/slips/statement-slip.ts';
import type { SlipJob } from './flow/state.ts';
import { appointmentSlipOf, progressSlipOf, requestSlipOf } from './request-slips.ts';
import { sheetSlip } from './sheet-slip.ts';

type JobOf<K extends SlipJob['kind']> = Extract<SlipJob, { kind: K }>;

/** What every slip of this session says about where it comes from. */
export interface SlipOrigin {
  readonly language: Language;
  readonly centreName: Words;
  readonly terminalId: string;
  readonly enquiryPhone: string;
  /** UTC ms. */
  readonly at: number;
}

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
  switch (job.kind) {
    case 'statement':
      return paperSlip(job, frame, language);
    case 'sheet':
      return sheetSlip(job, frame, language);
    case 'request':
      return requestSlipOf(job, frame, language);
    case 'appointment':
      return appointmentSlipOf(job, frame, language);
    case 'progress':
      return progressSlipOf(job, frame, language);
    case 'resume':
      return resumeSlip(job, frame, language);
    case 'session':
      return recordSlip(job, frame, language);
  }
}

/** Beside a paper: what it is and how it is verified. */
function paperSlip({ document }: JobOf<'statement'>, frame: SlipFrame, language: Language): SlipDocumentInput {
  const { documentNumber, verificationCode, verificationUrl, pages, period, title } = document;
  return statementSlip({
    ...frame,
    documentNumber,
    verificationCode,
    // The slip's kit puts number and code behind the address again.
    verifyUrl: verificationUrl.split('?')[0]!,
    documentTitle: title[language],
    ...(period === null ? {} : { period: daysOf(period, shanghaiDate(frame.at)) }),
    pages,
  });
}

/** What was read, printed, left and kept. */
function recordSlip(
  { number, read, printed, left, stored }: JobOf<'session'>,
  frame: SlipFrame,
  language: Language,
): SlipDocumentInput {
  const said = (list: readonly Words[]) => list.map((one) => one[language]);
  const told = { read: said(read), printed: said(printed), left: said(left), stored: said(stored) };
  return sessionSlip({ ...frame, sessionNumber: number, ...told });
}

/** A code to go on with elsewhere. */
function resumeSlip({ code, expiresAt }: JobOf<'resume'>, frame: SlipFrame, language: Language): SlipDocumentInput {
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
