import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import type { Results } from '@kiosk/contract/platform/requests.ts';
import { type Work, deadlineOf, toPerson } from '../work.ts';
import type { StaffCall } from '../../channels/duty/watch.ts';
import { calledFor, callTopic } from '../../management/called.ts';
import type { Appointments } from '../appointments.ts';

type FormOf<K extends RequestForm['item']> = Extract<RequestForm, { item: K }>;

/** B08: confirmed where there is room, with a place in the queue of that half day. */
export async function decideAppointment(work: Work, form: FormOf<'B08'>, appointments: Appointments): Promise<void> {
  const branch = await appointments.branch(form.branchId);
  const { date, half } = form;
  if (!branch) return toPerson(work, ['no-rule']);
  const appointment = { branch, date, half };
  const room = await appointments.room(form, work.row.requestNumber);
  switch (room.state) {
    case 'unknown':
      return work.apply({ type: 'registered', dueOn: deadlineOf(work), results: { appointment } });
    case 'full':
    case 'closed': {
      const words = NO_ROOM[room.state];
      return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words });
    }
    case 'free': {
      const words = { zh: '已约上', en: 'Booked' };
      const results = { appointment: { ...appointment, ticket: room.ticket } };
      return work.apply({ type: 'decided', verdict: 'granted', by: 'rules', words, results });
    }
  }
}

const NO_ROOM = {
  full: { zh: '这个时段已约满，请改约', en: 'This time is full; please choose another' },
  closed: { zh: '网点这个时段不开门，请改约', en: 'The branch is shut then; please choose another time' },
} as const;

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

/** Tells whoever is on duty; false: nobody is. */
export type CallStaff = (call: StaffCall) => Promise<boolean>;

const CALLED = {
  told: { zh: '已通知值班人员，请在机器旁稍等。', en: 'Staff on duty have been told. Please wait by the machine.' },
  shown: {
    zh: '已显示在工作人员的屏幕上，现在没有值班电话。着急请打 12329。',
    en: 'Shown on the screens of our staff; nobody on duty has a phone now. If it is urgent, call 12329.',
  },
} as const;

/** S01: the work order is what is answered; the case only stands for it. S03: staff are called, and that is all. */
export async function takeNote(work: Work, form: FormOf<'S01' | 'S03'>, callStaff: CallStaff): Promise<void> {
  if (form.item === 'S01') return work.apply({ type: 'registered', dueOn: null, results: {} });
  const { terminalId, requestNumber } = work.row;
  const what = calledFor(callTopic(form), () => undefined)?.zh ?? form.why;
  const told = terminalId !== null && (await callStaff({ terminalId, requestNumber, what }));
  const words = CALLED[told ? 'told' : 'shown'];
  return work.apply({ type: 'decided', verdict: 'granted', by: 'rules', words, results: {} satisfies Results });
}
