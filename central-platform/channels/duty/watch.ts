import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { placeOf, type Log } from '../../log.ts';
import type { DutyContact, DutyStore, Incident, IncidentKind } from '../../store/duty-store.ts';
import type { PlaceStore } from '../../store/places-store.ts';
import type { Terminal, TerminalStore } from '../../store/store.ts';
import type { Vault } from '../../vault.ts';
import type { Messenger } from '../sms/messenger.ts';

const LOOK_MS = 60_000;
const MINUTE = 60_000;
const DAY_MS = 86_400_000;
/** Nobody waits longer at a machine. */
const CALL_MS = 15 * 60_000;
/** When a hall is open of which nobody has said it. */
const HOURS = [{ from: '09:00', to: '17:00' }];

/** When somebody is called. Data of the centre, by branch ('' for the others); the numbers are this demonstration's own. */
export const DutyRule = z.object({
  /** So long without a heartbeat while the hall is open. */
  silentMinutes: z.number().int().min(1).max(1_440).default(10),
  /** So long after one level was told the next one is. */
  escalateMinutes: z.number().int().min(1).max(1_440).default(30),
});
export type DutyRule = z.infer<typeof DutyRule>;
export const DUTY_SETTING = 'duty';

export const INCIDENT_WORDS: Readonly<Record<IncidentKind, Words>> = {
  silent: { zh: '长时间没有心跳', en: 'no heartbeat' },
  paperOut: { zh: '缺纸', en: 'out of paper' },
  tonerOut: { zh: '缺粉', en: 'out of toner' },
};

export const NewContact = z.strictObject({
  branchId: z.string().max(40).default(''),
  level: z.number().int().min(1).max(5).default(1),
  label: z.string().min(1).max(40),
  phone: z.string().regex(/^1\d{10}$/),
  from: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('00:00'),
  to: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('00:00'),
});

export interface StaffCall {
  readonly terminalId: string;
  readonly requestNumber: string;
  /** What with, nothing of anybody. */
  readonly what: string;
}

export interface DutyWatch {
  /** Looks now: opens, tells, raises, ends. */
  look(): Promise<void>;
  /** Now and then every minute. */
  begin(): void;
  addContact(contact: z.output<typeof NewContact>): Promise<string>;
  /** Somebody at a terminal asks for staff: whoever is on duty there hears it at once. False: nobody is. The same call is told once. */
  called(call: StaffCall): Promise<boolean>;
  close(): Promise<void>;
}

export interface DutyParts {
  readonly clock: Clock;
  readonly store: {
    readonly duty: DutyStore;
    readonly terminals: Pick<TerminalStore, 'list'>;
    readonly places: Pick<PlaceStore, 'places' | 'branches' | 'settings'>;
  };
  readonly vault: Vault;
  readonly messenger: Pick<Messenger, 'send'>;
  readonly log: Log;
}

/** What of a heartbeat matters here; of ten thousand terminals every minute not more is read. */
const Supplies = z.object({
  devices: z.array(z.object({ supplies: z.array(z.object({ kind: z.string(), level: z.string() })).optional() })),
});
const context = (contactId: string): string => `duty contact ${contactId}`;
/** Whether somebody is on duty at this hour, HH:MM. */
export const onDuty = (time: string, { from, to }: { readonly from: string; readonly to: string }): boolean =>
  from === to || (from < to ? from <= time && time < to : time >= from || time < to);

/**
 * Calls somebody when a terminal stands still: once an incident and level, by the level's contact who is on duty, the next level when nothing
 * has become of it; whoever was told hears when it is over. Any number of processes may look: what each would do again was done.
 */
export function createDutyWatch({ clock, store, vault, messenger, log }: DutyParts): DutyWatch {
  const { duty, terminals, places } = store;
  let cancel = (): void => {};
  let closed = false;
  let working = Promise.resolve();

  async function look(): Promise<void> {
    const now = clock.now();
    const time = shanghaiDateTime(now).slice(11, 16);
    const [all, spots, branches] = [await terminals.list(), await places.places(), await places.branches()];
    const placeOfTerminal = new Map(spots.map((place) => [place.terminalId, place]));
    const hoursOf = new Map(branches.map(({ branchId, hours }) => [branchId, hours]));
    const rules = new Map(
      (await places.settings(DUTY_SETTING)).map(({ id, content }) => [id, DutyRule.parse(content)]),
    );
    const common = rules.get('') ?? DutyRule.parse({});
    const contacts = await duty.contacts();
    const open = new Map((await duty.open()).map((one) => [`${one.terminalId} ${one.kind}`, one]));
    for (const terminal of all.filter(({ state }) => state === 'admitted')) {
      const { terminalId } = terminal;
      const place = placeOfTerminal.get(terminalId);
      const branchId = place?.branchId ?? '';
      const rule = rules.get(branchId) ?? common;
      const hours = hoursOf.get(branchId);
      const hallOpen = (hours?.length ? hours : HOURS).some((span) => onDuty(time, span));
      const wrong = troubles(terminal, now - rule.silentMinutes * MINUTE);
      const words = { terminal: terminalId, place: place?.hall ?? (branchId || '—'), time };
      for (const kind of ['silent', 'paperOut', 'tonerOut'] as const) {
        // What it said before it fell silent may not be so any more, and need not be over.
        if (kind !== 'silent' && wrong.has('silent')) continue;
        const there = open.get(`${terminalId} ${kind}`);
        if (!wrong.has(kind)) {
          if (there && (await duty.recover(there.incidentId, now))) await tellOver(there, contacts, branchId, words);
          continue;
        }
        // Nobody is called because a machine is switched off at night.
        if (!hallOpen) continue;
        await raise(there ?? (await opened(terminalId, kind, now)), contacts, branchId, rule, words);
      }
    }
  }

  async function opened(terminalId: string, kind: IncidentKind, at: number): Promise<Incident | undefined> {
    const incidentId = newId(at);
    if (!(await duty.begin({ incidentId, terminalId, kind, openedAt: at }))) return undefined;
    log({ event: 'duty.incident', terminal: terminalId, detail: kind });
    return { incidentId, terminalId, kind, openedAt: at, recoveredAt: null, level: 0, toldAt: null };
  }

  type Values = { readonly terminal: string; readonly place: string; readonly time: string };

  async function raise(
    incident: Incident | undefined,
    contacts: readonly DutyContact[],
    branchId: string,
    rule: DutyRule,
    words: Values,
  ): Promise<void> {
    if (!incident) return;
    const { incidentId, level, toldAt, kind } = incident;
    const now = clock.now();
    if (toldAt !== null && now - toldAt < rule.escalateMinutes * MINUTE) return;
    // The next level that has somebody on duty at this hour.
    const next = levelsOf(contacts, branchId).find((one) => one.level > level && onDuty(words.time, one));
    if (!next) return;
    await send(next, 'terminal.incident', `${incidentId} ${next.level}`, {
      ...{ ...words, what: INCIDENT_WORDS[kind].zh, level: String(next.level) },
    });
    await duty.told(incidentId, next.level, now);
  }

  async function tellOver(
    { incidentId, level, kind }: Incident,
    contacts: readonly DutyContact[],
    branchId: string,
    words: Values,
  ): Promise<void> {
    log({ event: 'duty.over', terminal: words.terminal, detail: kind });
    for (const contact of levelsOf(contacts, branchId).filter((one) => one.level <= level)) {
      await send(contact, 'terminal.recovered', `${incidentId} over ${contact.level}`, {
        ...{ ...words, what: INCIDENT_WORDS[kind].zh },
      });
    }
  }

  async function send(
    { contactId, phone }: DutyContact,
    template: 'terminal.incident' | 'terminal.recovered',
    eventKey: string,
    values: Values & { readonly what: string; readonly level?: string },
  ): Promise<void> {
    const quiet = template === 'terminal.recovered';
    const notice = { eventKey: vault.hash('duty', eventKey), quiet, atOnce: true, expiresAt: clock.now() + DAY_MS };
    const to = { phone: vault.open(context(contactId), phone).toString('utf8'), notice };
    await (template === 'terminal.incident'
      ? messenger.send({ ...to, template, values: { ...values, level: values.level ?? '1' } })
      : messenger.send({ ...to, template, values }));
  }

  function tick(): void {
    working = look()
      .catch((error: unknown) => log({ event: 'duty.stuck', code: 'E9006', detail: placeOf(error) }))
      .then(() => {
        if (!closed) cancel = clock.after(LOOK_MS, tick);
      });
  }

  return {
    look,
    begin: tick,
    async addContact({ phone, ...contact }) {
      const contactId = newId(clock.now());
      const sealed = vault.seal(context(contactId), Buffer.from(phone));
      await duty.saveContact({ ...contact, contactId, phone: sealed, phoneMasked: maskPhone(phone) });
      return contactId;
    },
    async called({ terminalId, requestNumber, what }) {
      const now = clock.now();
      const time = shanghaiDateTime(now).slice(11, 16);
      const place = (await places.places()).find((one) => one.terminalId === terminalId);
      const branchId = place?.branchId ?? '';
      const [contact] = levelsOf(await duty.contacts(), branchId).filter((one) => onDuty(time, one));
      if (!contact) return false;
      const notice = {
        eventKey: vault.hash('duty', requestNumber),
        quiet: false,
        atOnce: true,
        expiresAt: now + CALL_MS,
      };
      const phone = vault.open(context(contact.contactId), contact.phone).toString('utf8');
      const values = { terminal: terminalId, place: place?.hall ?? (branchId || '—'), time, what };
      await messenger.send({ phone, notice, template: 'staff.called', values });
      return true;
    },
    async close() {
      closed = true;
      cancel();
      await working;
    },
  };
}

/** Of each level the branch's own, or the one for all branches; the first on the list of a level stands for it. */
export function levelsOf(contacts: readonly DutyContact[], branchId: string): readonly DutyContact[] {
  const own = contacts.filter((one) => one.branchId === branchId);
  const common = contacts.filter(({ branchId: of, level }) => of === '' && !own.some((one) => one.level === level));
  return [...own, ...common].sort((a, b) => a.level - b.level);
}

function troubles(terminal: Terminal, silentSince: number): ReadonlySet<IncidentKind> {
  const found = new Set<IncidentKind>();
  if (terminal.lastSeenAt === null) return found;
  if (terminal.lastSeenAt < silentSince) return found.add('silent');
  const beat = Supplies.safeParse(terminal.heartbeat);
  for (const { supplies } of beat.success ? beat.data.devices : []) {
    for (const { kind, level } of supplies ?? []) {
      if (level === 'out' && kind === 'paper') found.add('paperOut');
      if (level === 'out' && kind === 'toner') found.add('tonerOut');
    }
  }
  return found;
}
