import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import type { Period } from '@kiosk/contract/platform/api.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { firstDay, lastDay, shanghaiDate } from '@kiosk/domain/dates.ts';
import type { SlipFrame } from '@kiosk/documents/slips/parts.ts';
import { requestSlip } from '@kiosk/documents/slips/request-slip.ts';
import { statementSlip } from '@kiosk/documents/slips/statement-slip.ts';
import type { SlipJob } from './flow/state.ts';

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
  const { requestNumber, offline, receivedAt, request } = job;
  return requestSlip({
    ...frame,
    at: receivedAt,
    requestNumber,
    item: `${request.itemName[language]} · ${request.topic[language]}`,
    replyWay: request.replyTo === null ? ASK_WITH_NUMBER[language] : `${BY_PHONE[language]} ${request.replyTo}`,
    offline,
  });
}
