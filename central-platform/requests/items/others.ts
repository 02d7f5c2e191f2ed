import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import type { Results } from '@kiosk/contract/platform/requests.ts';
import { type Work, deadlineOf, toPerson } from '../work.ts';

type FormOf<K extends RequestForm['item']> = Extract<RequestForm, { item: K }>;

export interface Places {
  /** null: no such branch or service. */
  branch(branchId: string): Promise<{ zh: string; en: string } | null>;
  /** Whether there is room; null: nobody has said how much there is. */
  room(slot: FormOf<'B08'>, requestNumber: string): Promise<boolean | null>;
}

/** B08: confirmed where there is room. */
export async function decideAppointment(work: Work, form: FormOf<'B08'>, places: Places): Promise<void> {
  const branch = await places.branch(form.branchId);
  const { date, half } = form;
  if (!branch) return toPerson(work, ['no-rule']);
  const appointment = { branch, date, half };
  switch (await places.room(form, work.row.requestNumber)) {
    case null:
      return work.apply({ type: 'registered', dueOn: deadlineOf(work), results: { appointment } });
    case false: {
      const words = { zh: '这个时段已约满，请改约', en: 'This time is full; please choose another' };
      return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words });
    }
    case true: {
      const words = { zh: '已约上', en: 'Booked' };
      return work.apply({ type: 'decided', verdict: 'granted', by: 'rules', words, results: { appointment } });
    }
  }
}

/** P03: staff look at it where they look at all of them (documents/certificates); the case follows. */
export async function decideCancel(work: Work, form: FormOf<'P03'>): Promise<void> {
  const { parts, depositor, row } = work;
  const { depositorId } = depositor;
  const actor = row.terminalId === null ? `channel ${row.channelId}` : `terminal ${row.terminalId}`;
  const asked = await parts.certificates.requestCancel({ ...form, depositorId, actor });
  // Asked before, by the same holder: a process died in between, or the terminal's own route was quicker.
  const known =
    asked.ok || asked.error.code === 'E5211' ? undefined : await parts.certificates.find(form.documentNumber);
  if (asked.ok || known?.state === 'cancelRequested') return toPerson(work, ['no-rule']);
  const words = { zh: '这份证明现在不能注销', en: 'This certificate cannot be cancelled now' };
  return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words });
}

/** What staff made of it. */
export async function followCancel(work: Work, form: FormOf<'P03'>): Promise<void> {
  const known = await work.parts.certificates.find(form.documentNumber);
  if (!known || known.state === 'cancelRequested') return;
  const cancelled = known.state === 'cancelled';
  const words = cancelled
    ? { zh: '证明已注销', en: 'The certificate is cancelled' }
    : { zh: '证明没有注销', en: 'The certificate was not cancelled' };
  return work.apply({ type: 'decided', verdict: cancelled ? 'granted' : 'refused', by: 'person', words });
}

/** S01: the work order is what is answered; the case only stands for it. S03: staff were called, and that is all. */
export function takeNote(work: Work): Promise<void> {
  if (work.form.item === 'S01') return work.apply({ type: 'registered', dueOn: null, results: {} });
  const words = { zh: '已呼叫工作人员', en: 'Staff were called' };
  return work.apply({ type: 'decided', verdict: 'granted', by: 'rules', words, results: {} satisfies Results });
}
