import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { sameName } from '@kiosk/domain/names.ts';
import { z } from 'zod';
import type { CoreSystem, Depositor } from '../../core/core-system.ts';
import type { Approval } from '../../downlink/office.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { GuardStore } from '../../store/guard-store.ts';
import type { Consent, DepartmentRow, OutwardStore } from '../../store/outward-store.ts';
import type { SecurityStore } from '../../store/store.ts';
import type { Vault } from '../../vault.ts';
import { personHashOf } from '../people.ts';
import { DepartmentSettings, type Grant, inDates, valueOf } from './grants.ts';

export const OutwardQuestion = z.strictObject({
  purpose: z.string().max(40),
  name: z.string().min(1).max(120),
  idNumber: z.string().min(15).max(18),
  fields: z.array(z.string().max(40)).min(1).max(40),
});
export type OutwardQuestion = z.infer<typeof OutwardQuestion>;

export const OutwardAnswerBody = z.object({
  found: z.boolean(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Asked for and not given: not granted, no consent, or there is none. */
  withheld: z.array(z.string()),
});
export type OutwardAnswerBody = z.infer<typeof OutwardAnswerBody>;

/**
 * The one way by which data about people leaves for other authorities: by department, purpose and field, with consent where the grant asks
 * for it, every answer logged before it goes.
 */
export interface OutwardService {
  /** Errors: E2611, E3106 with seconds. */
  ask(departmentId: string, key: string, question: OutwardQuestion): Promise<Result<OutwardAnswerBody>>;
  departments(): Promise<readonly DepartmentSettings[]>;
  /** Two people have agreed. Errors: E9005, E2613 somebody was faster. */
  put(settings: unknown, approval: Approval): Promise<Result<void>>;
  /** A new key, shown once; the one before ends. */
  key(departmentId: string, approval: Approval): Promise<Result<string>>;
  /** No key is good any more. Errors: E2606. */
  revokeKey(departmentId: string, approval: Approval): Promise<Result<void>>;
  /** Errors: E2606 no such department, or a field that it may not have or needs no consent for. */
  consent(
    person: Depositor,
    to: { readonly departmentId: string; readonly fields: readonly string[]; readonly days: number },
    channel: string,
  ): Promise<Result<Consent>>;
  consents(depositorId: string): Promise<readonly Consent[]>;
  /** Errors: E2606. */
  withdraw(depositorId: string, consentId: string, channel: string): Promise<Result<void>>;
}

export interface OutwardParts {
  readonly clock: Clock;
  readonly store: OutwardStore;
  readonly guard: GuardStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly security: Pick<SecurityStore, 'record'>;
  readonly core: Pick<CoreSystem, 'findByIdNumber'>;
  readonly vault: Vault;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

export function createOutwardService(parts: OutwardParts): OutwardService {
  const { clock, store, guard, audit, security, core, vault } = parts;
  const keyHash = (departmentId: string, key: string) => vault.hash('department key', `${departmentId} ${key}`);
  const settingsOf = ({ settings }: DepartmentRow) => DepartmentSettings.parse(JSON.parse(settings));

  async function admitted(departmentId: string, key: string, purpose: string): Promise<Result<DepartmentSettings>> {
    const row = await store.department(departmentId);
    const hash = keyHash(departmentId, key);
    const known = row?.keyHash !== undefined && row.keyHash !== null && same(row.keyHash, hash);
    const settings = row && settingsOf(row);
    const why = !known
      ? 'key'
      : !settings!.enabled
        ? 'stopped'
        : !inDates(settings!, clock.now())
          ? 'dates'
          : settings!.purpose === purpose
            ? undefined
            : 'purpose';
    if (why === undefined) return ok(settings!);
    const named = row ? departmentId : 'unknown department';
    await security.record({ at: clock.now(), code: 'E2611', terminalId: null, detail: `${named}: ${why}` });
    return fail('E2611');
  }

  async function limited({ departmentId, perMinute, perDay }: DepartmentSettings): Promise<Result<void>> {
    const now = clock.now();
    const windows = [
      { name: 'minute', most: perMinute, windowMs: MINUTE, lockMs: MINUTE },
      { name: 'day', most: perDay, windowMs: DAY, lockMs: DAY },
    ];
    for (const { name, ...rule } of windows) {
      const { tries, endsAt } = await guard.count(vault.hash(`outward ${name}`, departmentId), rule, now);
      if (tries > rule.most) return fail('E3106', `${Math.ceil((endsAt - now) / 1000)} s`);
    }
    return ok();
  }

  const inForce = (consents: readonly Consent[], departmentId: string, field: string, now: number): boolean =>
    consents.some(
      (one) =>
        one.departmentId === departmentId && one.withdrawnAt === null && now < one.until && one.fields.includes(field),
    );

  async function keep(row: DepartmentRow): Promise<Result<void>> {
    return (await store.put(row)) ? ok() : fail('E2613', 'somebody changed it just now');
  }

  return {
    async ask(departmentId, key, { purpose, name, idNumber, fields }) {
      const department = await admitted(departmentId, key, purpose);
      if (!department.ok) return department;
      const free = await limited(department.value);
      if (!free.ok) return free;
      const parsed = parseIdNumber(idNumber);
      const number = parsed.ok ? parsed.value.value : idNumber;
      const asked = parsed.ok ? await core.findByIdNumber(number) : ok(undefined);
      if (!asked.ok) return asked;
      // Name and number together: a number alone is guessed too easily, and both are answered alike.
      const depositor = asked.value && sameName(asked.value.name, name) ? asked.value : undefined;
      const now = clock.now();
      const consents = depositor ? await store.consents(depositor.depositorId) : [];
      const values: Record<string, string | number | boolean> = {};
      const withheld: string[] = [];
      for (const field of new Set(fields)) {
        const grant: Grant | undefined = department.value.grants.find((one) => one.field === field);
        const allowed = grant && (!grant.consent || inForce(consents, departmentId, field, now));
        const value = allowed && depositor ? valueOf(grant, depositor) : undefined;
        if (value === undefined) withheld.push(field);
        else values[field] = value;
      }
      const given = Object.keys(values);
      // Logged first: what cannot be logged does not leave.
      const known = withheld.filter((field) => /^[A-Za-z]{1,40}$/.test(field));
      await store.log({
        at: now,
        departmentId,
        personHash: personHashOf(vault, number),
        given,
        withheld: known,
        found: depositor !== undefined,
      });
      return ok({ found: depositor !== undefined, values, withheld });
    },
    departments: async () => (await store.departments()).map(settingsOf),
    async put(given, { by, approvedBy }) {
      const settings = DepartmentSettings.safeParse(given);
      if (!settings.success) {
        return fail('E9005', settings.error.issues.map(({ path }) => path.join('.') || '(whole)').join('; '));
      }
      const { departmentId, grants } = settings.data;
      const before = await store.department(departmentId);
      const kept = await keep({
        departmentId,
        keyHash: before?.keyHash ?? null,
        settings: JSON.stringify(settings.data),
        version: (before?.version ?? 0) + 1,
        changedAt: clock.now(),
      });
      if (!kept.ok) return kept;
      const detail = { proposedBy: by, fields: grants.map(({ field, form }) => `${field} ${form}`) };
      await audit.append({
        at: clock.now(),
        actor: approvedBy,
        action: 'outward.granted',
        subject: departmentId,
        detail,
      });
      return ok();
    },
    async key(departmentId, { by, approvedBy }) {
      const row = await store.department(departmentId);
      if (!row) return fail('E2606');
      const key = randomBytes(32).toString('base64url');
      const next = { ...row, keyHash: keyHash(departmentId, key), version: row.version + 1, changedAt: clock.now() };
      const kept = await keep(next);
      if (!kept.ok) return kept;
      const detail = { proposedBy: by };
      await audit.append({
        at: clock.now(),
        actor: approvedBy,
        action: 'outward.keyed',
        subject: departmentId,
        detail,
      });
      return ok(key);
    },
    async revokeKey(departmentId, { by, approvedBy }) {
      const row = await store.department(departmentId);
      if (!row) return fail('E2606');
      const kept = await keep({ ...row, keyHash: null, version: row.version + 1, changedAt: clock.now() });
      if (!kept.ok) return kept;
      await audit.append({
        ...{ at: clock.now(), actor: approvedBy, action: 'outward.keyRevoked', subject: departmentId },
        detail: { proposedBy: by },
      });
      return ok();
    },
    async consent({ depositorId }, { departmentId, fields, days }, channel) {
      const row = await store.department(departmentId);
      const settings = row && settingsOf(row);
      const askable = settings?.grants.flatMap(({ field, consent }): string[] => (consent ? [field] : [])) ?? [];
      if (!settings || !fields.every((field) => askable.includes(field))) return fail('E2606');
      const now = clock.now();
      const consent: Consent = {
        consentId: newId(now),
        depositorId,
        departmentId,
        fields: [...new Set(fields)],
        purpose: settings.purpose,
        channel,
        givenAt: now,
        until: now + days * DAY,
        withdrawnAt: null,
      };
      await store.consent(consent);
      const detail = { departmentId, fields: consent.fields, until: consent.until };
      await audit.append({
        at: now,
        actor: `channel ${channel}`,
        action: 'consent.given',
        subject: consent.consentId,
        detail,
      });
      return ok(consent);
    },
    consents: (depositorId) => store.consents(depositorId),
    async withdraw(depositorId, consentId, channel) {
      const now = clock.now();
      if (!(await store.withdraw(consentId, depositorId, now))) return fail('E2606');
      await audit.append({
        at: now,
        actor: `channel ${channel}`,
        action: 'consent.withdrawn',
        subject: consentId,
        detail: {},
      });
      return ok();
    },
  };
}

const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
