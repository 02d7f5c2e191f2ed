import type { Language, Words } from '@kiosk/contract/services/common.ts';
import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { appointmentSlip } from '@kiosk/documents/slips/appointment-slip.ts';
import { gapSlip } from '@kiosk/documents/slips/gap-slip.ts';
import type { SlipFrame } from '@kiosk/documents/slips/parts.ts';
import { progressSlip } from '@kiosk/documents/slips/progress-slip.ts';
import { receiptSlip } from '@kiosk/documents/slips/receipt-slip.ts';
import { requestSlip } from '@kiosk/documents/slips/request-slip.ts';
import { resultFacts } from './flow/requests/result-facts.ts';
import type { SlipJob } from './flow/state.ts';
import { valueText } from './sheet-slip.ts';

type Job<K extends SlipJob['kind']> = Extract<SlipJob, { kind: K }>;

const ASK_WITH_NUMBER: Words = { zh: '凭本条编号查询', en: 'Ask with this number' };
const BY_PHONE: Words = { zh: '电话', en: 'By phone' };
/** Ways to hand in what is missing. */
const WAYS: readonly Words[] = [
  { zh: '手机扫下面的码', en: 'The code below, with a phone' },
  { zh: '任一自助机“办事进度与补件”', en: 'Progress of requests, at any machine' },
  { zh: '任一网点窗口，带本条', en: 'Any counter, with this slip' },
];

/** A request: what is in the hand says exactly how far it is, and never more. */
export function requestSlipOf(job: Job<'request'>, frame: SlipFrame, language: Language): SlipDocumentInput {
  const { requestNumber, offline, receivedAt, request, outcome, identity } = job;
  const said = (words: Words) => words[language];
  const item = `${said(request.itemName)} · ${said(request.line)}`;
  const asked = request.facts.map((one) => [said(one.label), valueText(one.value, language)] as const);
  const from = { ...frame, at: receivedAt };
  const ofCase = { ...from, caseNumber: requestNumber, item };
  switch (outcome?.state) {
    case 'decided': {
      const { verdict, words, trace = [], results } = outcome;
      if (verdict === 'refused') {
        const failed = trace.filter((one) => one.outcome === 'failed').slice(0, 4);
        const reasons = failed.flatMap((one) => [said(one.words), ...(one.change ? [said(one.change)] : [])]);
        return receiptSlip({ ...ofCase, outcome: 'refused', reasons: [said(words), ...reasons] });
      }
      const done = results ? resultFacts(results) : [];
      const rows = done.length > 0 ? done : request.facts;
      const details = rows.map((one) => [said(one.label), noted(one, language)] as const);
      return receiptSlip({ ...ofCase, outcome: 'done', details });
    }
    case 'case':
      return receiptSlip({ ...ofCase, outcome: 'accepted', details: asked, decideBy: outcome.dueOn });
    case 'needs': {
      const { missing, supplyPage } = outcome;
      const by = (until: string) => (language === 'zh' ? `请在 ${until} 前补齐。` : `Due by ${until}.`);
      return gapSlip({
        ...ofCase,
        gaps: missing.slice(0, 8).map((one) => ({ material: said(one.words), need: by(one.until) })),
        ways: (supplyPage === undefined ? WAYS.slice(1) : WAYS).map(said),
        supplyBy: missing.map(({ until }) => until).toSorted()[0] ?? outcome.dueOn,
        ...(supplyPage === undefined ? {} : { page: supplyPage }),
      });
    }
    case 'identityMissing':
    case 'received':
    case undefined: {
      const replyWay = request.replyTo === null ? said(ASK_WITH_NUMBER) : `${said(BY_PHONE)} ${request.replyTo}`;
      const known = outcome?.state === 'identityMissing' ? 'pending' : identity;
      const more = { details: asked, ...(known === null ? {} : { identity: known }) };
      return requestSlip({ ...from, requestNumber, item, replyWay, offline, ...more });
    }
  }
}

/** A value and what stands below it on the screen. */
const noted = (
  { value, note }: { value: Parameters<typeof valueText>[0]; note?: Words | undefined },
  language: Language,
) => valueText(value, language) + (note ? ` ${language === 'zh' ? `（${note.zh}）` : `(${note.en})`}` : '');

/** An appointment as it stands: confirmed with its place in the queue, or asked for. */
export function appointmentSlipOf(job: Job<'appointment'>, frame: SlipFrame, language: Language): SlipDocumentInput {
  const { requestNumber, receivedAt, confirmed, ticket, topic, branch, address, date, half, hours, bring } = job;
  const time = [half[language], ...(hours === null ? [] : [hours])].join(' ');
  return appointmentSlip({
    ...frame,
    at: receivedAt,
    number: requestNumber,
    state: confirmed ? 'confirmed' : 'requested',
    ...(ticket === null ? {} : { ticket }),
    item: topic[language],
    branch: branch[language],
    ...(address === null ? {} : { address: address[language] }),
    date,
    slot: time,
    bring: bring.map((one) => one[language]),
  });
}

/** Where a case stands at this moment. */
export function progressSlipOf({ line }: Job<'progress'>, frame: SlipFrame, language: Language): SlipDocumentInput {
  const { number, name, step, receivedAt, decidedAt, dueOn, missing, why, state } = line;
  const said = (words: Words) => words[language];
  const at = (instant: number) => shanghaiDateTime(instant).slice(0, 16);
  const [supplyBy] = missing.map(({ until }) => until).toSorted();
  return progressSlip({
    ...frame,
    caseNumber: number,
    item: said(name),
    step: said(step),
    ...(dueOn === null || decidedAt !== null ? {} : { decideBy: dueOn }),
    history: [
      { at: at(receivedAt), what: said({ zh: '已收到', en: 'Received' }) },
      ...(decidedAt === null ? [] : [{ at: at(decidedAt), what: said(step) }]),
    ],
    missing: missing.map((one) => said(one.words)),
    ...(supplyBy === undefined ? {} : { supplyBy }),
    ...(state === 'refused' && why !== null ? { refusal: said(why) } : {}),
  });
}
