import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';
import { big, GAP, line, list, middle, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface AppointmentSlip extends SlipFrame {
  /** Of the appointment or the queue; a request number while it is not confirmed. */
  readonly number: string;
  /** 'requested': taken offline, confirmed by nobody; 'queue': a number for today's queue. */
  readonly state: 'confirmed' | 'requested' | 'queue';
  readonly item: string;
  readonly branch: string;
  readonly address?: string;
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** '09:30–10:00' */
  readonly slot?: string;
  readonly bring: readonly string[];
}

/** 预约凭条 and queue ticket. */
export function appointmentSlip(input: AppointmentSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { state, address, slot } = input;
  const label = { confirmed: words.appointment, requested: words.requestNumber, queue: words.ticketNumber }[state];
  return slip(input.number, words.ticketTitle, input, [
    ...(state === 'requested' ? [big(words.receivedNotConfirmed), GAP] : []),
    middle(label),
    big(state === 'requested' ? formatRequestNumber(input.number) : input.number),
    RULE,
    row(words.item, input.item),
    row(words.branch, input.branch),
    ...(address ? [row(words.address, address)] : []),
    row(words.date, input.date),
    ...(slot ? [row(words.slot, slot)] : []),
    GAP,
    ...(input.bring.length > 0 ? list(words.bring, input.bring, words.none) : []),
    line(state === 'requested' ? words.appointmentPending : words.comeEarly),
  ]);
}
