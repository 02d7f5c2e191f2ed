import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import { fail, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { sameName } from '@kiosk/domain/names.ts';
import type { Depositor } from '../core/core-system.ts';
import { placeOf, type Log } from '../log.ts';
import type { CaseRow, Confirmation } from '../store/request-store.ts';
import type { Appointments } from './appointments.ts';
import { LEASE_MS, type OpenCase } from './case-book.ts';
import { decideChange } from './items/changes.ts';
import { decideOffset } from './items/loans.ts';
import { decideAppointment, decideCancel, followCancel, takeNote, type CallStaff } from './items/others.ts';
import { decideRepayment } from './items/repayment.ts';
import { decideSupply } from './items/supply.ts';
import { decideTransfer } from './items/transfer.ts';
import { type ByStaff, decideWithdrawal } from './items/withdrawal.ts';
import { tellPerson } from './tell.ts';
import { levelOf } from './levels.ts';
import { type CaseEvent, isOver, type Why } from './life.ts';
import { type DeskParts, Later, Superseded, type Work, supplementBy, toPerson } from './work.ts';

const AT_ONCE = 10;
/** What another process began and left, and what is due by itself. */
const LOOK_EVERY_MS = 10_000;
/** The core or another system was silent. */
const AGAIN_MS = 30_000;

/** Of an item that asks for nobody: a complaint without a name. */
const NOBODY: Depositor = {
  ...{ depositorId: '', name: '', certificateKind: 'residentId', idNumber: '', phone: null, payoutCard: null },
  ...{ accounts: [], loans: [] },
};

/** The machine's part of deciding: takes what has something to do and goes as far with it as rules go. */
export interface Desk {
  /** Something may be due. Returns at once. */
  wake(): void;
  /** Looks now and from time to time. */
  begin(): void;
  /** Resolves when nothing is due. */
  idle(): Promise<void>;
  /** One case for a member of the staff: `run` gets it with whoever asked for it. Errors: E2708, and those of the core. */
  with(open: OpenCase, by: string, run: (work: Work) => Promise<void>): Promise<Result<OpenCase>>;
  /** A withdrawal as far as it goes, granted by a person. */
  withdraw(work: Work, staff: ByStaff): Promise<void>;
  /** What people have just granted, as far as it goes today: an early repayment, a transfer, what was beyond a limit. */
  carryOn(work: Work): Promise<void>;
  /** A case that follows something elsewhere looks there. */
  follow(row: CaseRow): Promise<void>;
  close(): Promise<void>;
}

export function createDesk(
  parts: DeskParts & { readonly appointments: Appointments; readonly callStaff: CallStaff; readonly log: Log },
): Desk {
  const { clock, store, vault, core, book, log, appointments, callStaff } = parts;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let stopLooking = (): void => {};

  /** Intents and outcomes keep the case with this process; everything else leaves it to somebody. */
  const staysHere = ({ type }: CaseEvent): boolean => ['intended', 'settled', 'told', 'identified'].includes(type);

  function workOn(open: OpenCase, depositor: Depositor, by: string): Work & { current(): OpenCase } {
    let current = open;
    return {
      ...{ parts, row: open.row, form: open.form, person: open.person, depositor, by },
      now: () => current.now,
      current: () => current,
      async apply(event, wakeAt) {
        const after = wakeAt !== undefined ? wakeAt : staysHere(event) ? clock.now() + LEASE_MS : null;
        const told = await book.step(current, event, by, after);
        if (!told.ok && told.error.code === 'E2708') throw new Superseded();
        if (!told.ok)
          throw new Error(`${event.type} in ${current.now.state}: ${told.error.code} ${told.error.detail ?? ''}`);
        current = told.value;
        // It stands; a message that cannot be taken must not stop what goes on.
        await tellPerson(parts.notices, current, event, depositor, clock.now()).catch((error: unknown) => {
          log({ event: 'request.notTold', code: 'E9006', detail: placeOf(error) });
        });
        if (event.type !== 'decided') return;
        await store.audit.append({
          ...{ at: clock.now(), actor: by, action: 'request.decided', subject: open.row.requestNumber },
          detail: { item: open.row.item, verdict: event.verdict, by: event.by },
        });
      },
    };
  }

  /** The confirmation that belongs to this very request; undefined: there is none, or of something else. */
  async function confirmationOf({ row, form, person }: OpenCase): Promise<Confirmation | undefined> {
    if (row.terminalId === null) return undefined;
    const found = await store.requests.confirmation(row.terminalId, row.operationId);
    if (!found) return undefined;
    const same = found.formHash === vault.hash('request form', requestSha256(form, person)) && found.item === row.item;
    if (same) return levelOf(row.item) === 'L3' && found.level !== 'L3' ? undefined : found;
    const { terminalId, requestNumber } = row;
    await store.security.record({ at: clock.now(), code: 'E2703', terminalId, detail: `request ${requestNumber}` });
    return undefined;
  }

  async function depositorOf({ now, person }: OpenCase): Promise<Depositor | undefined> {
    const found =
      now.depositorId !== null
        ? await core.get(now.depositorId)
        : person?.idNumber === undefined
          ? undefined
          : await core.findByIdNumber(person.idNumber);
    if (found && !found.ok) throw new Later(found.error.code);
    const depositor = found?.value;
    if (now.depositorId !== null || !depositor) return depositor;
    return person?.name !== undefined && sameName(depositor.name, person.name) ? depositor : undefined;
  }

  async function goOn(open: OpenCase): Promise<void> {
    const { now } = open;
    if (now.needsIdentity && now.identity === null) {
      const confirmed = await confirmationOf(open);
      const work = workOn(open, NOBODY, 'system');
      if (!confirmed) {
        if (now.state === 'arrived') await work.apply({ type: 'identityMissing', dueOn: supplementBy(work) });
        return;
      }
      const { depositorId, agent } = confirmed;
      await work.apply({ type: 'identified', by: 'terminal', depositorId, agent });
      return goOn(work.current());
    }
    const depositor = await depositorOf(open);
    if (!depositor && now.needsIdentity) return toPerson(workOn(open, NOBODY, 'system'), ['core-refused']);
    const work = workOn(open, depositor ?? NOBODY, 'system');
    // What people have granted goes on, whoever asked for it.
    if (now.agent === 'paper' && now.approval === null) return toPerson(work, ['agent-paper']);
    const beyond = await beyondLimit(open, depositor);
    await (beyond ? toPerson(work, [beyond]) : decide(work));
  }

  /** What a terminal confirmed here passed the gates and is counted; everything else is counted when it is taken up. */
  async function beyondLimit({ row, now }: OpenCase, depositor: Depositor | undefined): Promise<Why | undefined> {
    const { item, terminalId, operationId } = row;
    const begun = now.state !== 'arrived' || now.acts.length > 0 || now.supplied.length > 0;
    if (begun || terminalId === null) return undefined;
    if (await store.requests.confirmation(terminalId, operationId)) return undefined;
    const depositorId = depositor?.depositorId ?? null;
    const counted = await parts.uses.count({ item, terminalId, operationId, depositorId });
    return counted === 'counted' ? undefined : `limit-${counted}`;
  }

  async function decide(work: Work): Promise<void> {
    const { form } = work;
    switch (form.item) {
      case 'B01':
      case 'B02':
      case 'B09':
        return decideChange(work, form);
      case 'B03':
      case 'B04':
        return decideWithdrawal(work, form);
      case 'B05':
        return form.way === 'once' ? decideWithdrawal(work, form) : decideOffset(work, { ...form, way: form.way });
      case 'B06':
        return decideRepayment(work, form);
      case 'B07':
        return decideTransfer(work, form);
      case 'B08':
        return decideAppointment(work, form, appointments);
      case 'P03':
        return decideCancel(work, form);
      case 'Q06':
        await decideSupply(work, form);
        again = true;
        return;
      case 'S01':
      case 'S03':
        return takeNote(work, form, callStaff);
    }
  }

  async function one(row: CaseRow): Promise<void> {
    const until = clock.now() + LEASE_MS;
    if (!(await store.requests.claim(row, until))) return;
    const open = book.read({ ...row, version: row.version + 1, wakeAt: until });
    if (isOver(open.now)) return store.requests.wake(row.requestNumber, null);
    try {
      await goOn(open);
    } catch (error) {
      if (error instanceof Superseded) return;
      if (!(error instanceof Later)) log({ event: 'request.failed', code: 'E9006', detail: placeOf(error) });
      await store.requests.wake(row.requestNumber, clock.now() + AGAIN_MS);
    }
  }

  async function drain(): Promise<void> {
    for (;;) {
      again = false;
      const rows = await store.requests.due(clock.now(), AT_ONCE);
      for (const row of rows) await one(row);
      if (rows.length === 0 && !again) return;
    }
  }

  function run(): void {
    if (closed) return;
    again = true;
    running ??= drain()
      .catch((error: unknown) => {
        again = false;
        log({ event: 'request.failed', code: 'E9006', detail: placeOf(error) });
      })
      .finally(() => {
        running = undefined;
        if (again) run();
      });
  }

  return {
    wake: run,
    begin() {
      const look = (): void => {
        run();
        stopLooking = clock.after(LOOK_EVERY_MS, look);
      };
      look();
    },
    async idle() {
      run();
      while (running) await running;
    },
    async with(open, by, act) {
      try {
        const depositor = await depositorOf(open);
        if (!depositor) return fail('E2705');
        const work = workOn(open, depositor, by);
        await act(work);
        return ok(work.current());
      } catch (error) {
        if (error instanceof Superseded) return fail('E2708');
        if (error instanceof Later) return fail(error.message);
        throw error;
      }
    },
    async withdraw(work, staff) {
      const { form } = work;
      if (form.item === 'B03' || form.item === 'B04' || form.item === 'B05') await decideWithdrawal(work, form, staff);
    },
    carryOn: decide,
    async follow(row) {
      const open = book.read(row);
      const { form } = open;
      const depositor = await depositorOf(open).catch(() => undefined);
      if (!depositor) return;
      const work = workOn(open, depositor, 'system');
      try {
        if (form.item === 'P03' && open.now.state === 'withPerson') await followCancel(work, form);
        if (form.item === 'B07' && open.now.state === 'registered') await decideTransfer(work, form);
      } catch (error) {
        // Somebody else was there first, or nobody answers: as it stood is good enough to show.
        if (!(error instanceof Superseded || error instanceof Later)) throw error;
      }
    },
    async close() {
      closed = true;
      stopLooking();
      while (running) await running;
    },
  };
}
