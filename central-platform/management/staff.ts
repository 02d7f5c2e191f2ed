import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Role } from './contract/route.ts';
import type { StaffMember } from '../store/staff-store.ts';
import type { Store } from '../store/store.ts';
import type { StaffLine } from './contract/staff.ts';
import type { Handlers } from './handlers.ts';
import { hashSecret, newSecret } from './secrets.ts';

export type StaffParts = { readonly clock: Clock; readonly store: Pick<Store, 'staff' | 'audit'> };

/** Makes an account whose secret has to be changed at the first sign-in. False: the login is taken. */
export async function addMember(
  { clock, store }: StaffParts,
  {
    login,
    name,
    role,
    secret,
    mustChange = true,
  }: {
    login: string;
    name: string;
    role: Role;
    secret: string;
    mustChange?: boolean;
  },
): Promise<boolean> {
  return store.staff.add({
    ...{ login, name, role, state: 'active', secret: await hashSecret(secret), mustChange, tries: 0 },
    ...{ lockedUntil: 0, createdAt: clock.now(), lastSignInAt: null },
  });
}

export function staffHandlers(
  parts: StaffParts,
): Handlers<'staff' | 'addStaff' | 'changeStaff' | 'resetSecret' | 'unlockStaff'> {
  const { clock, store } = parts;
  const { staff, audit } = store;

  async function line(member: StaffMember): Promise<StaffLine> {
    const open = (await staff.sessions()).filter(({ login }) => login === member.login);
    const { login, name, role, state, lockedUntil, mustChange, createdAt, lastSignInAt } = member;
    return {
      ...{ login, name, role, state, mustChangeSecret: mustChange, createdAt, lastSignInAt, sessions: open.length },
      lockedUntil: lockedUntil > clock.now() ? lockedUntil : null,
    };
  }

  const act = (actor: string, action: string, subject: string, detail: Record<string, unknown> = {}) =>
    audit.append({ at: clock.now(), actor, action, subject, detail });

  const lineOf = async (login: string): Promise<StaffLine> => line((await staff.get(login))!);

  async function othersAdminister(login: string): Promise<boolean> {
    return (await staff.list()).some(
      (member) => member.login !== login && member.role === 'administrator' && member.state === 'active',
    );
  }

  async function withSecret(login: string): Promise<Result<{ staff: StaffLine; secret: string }>> {
    const secret = newSecret();
    await staff.change(login, { secret: await hashSecret(secret), mustChange: true, lockedUntil: 0 });
    await staff.clearTries(login);
    await staff.endSessionsOf(login);
    return ok({ staff: await lineOf(login), secret });
  }

  return {
    staff: async () => ok({ rows: await Promise.all((await staff.list()).map(line)) }),
    async addStaff({ login, name, role }, { member }) {
      const secret = newSecret();
      if (!(await addMember(parts, { login, name, role, secret }))) return fail('E2507', 'the login is taken');
      await act(member.login, 'staff.added', login, { role });
      return ok({ staff: await lineOf(login), secret });
    },
    async changeStaff({ login, name, role, state }, { member }) {
      const known = await staff.get(login);
      if (!known) return fail('E2508');
      if (login === member.login && (role !== undefined || state !== undefined)) return fail('E2506');
      const loses = (role !== undefined && role !== 'administrator') || state === 'disabled';
      if (known.role === 'administrator' && loses && !(await othersAdminister(login))) return fail('E2516');
      await staff.change(login, {
        ...(name !== undefined && { name }),
        ...(role !== undefined && { role }),
        ...(state !== undefined && { state }),
      });
      // Another role is another session: what was open was opened under the one before.
      if (role !== undefined || state === 'disabled') await staff.endSessionsOf(login);
      await act(member.login, 'staff.changed', login, { role, state });
      return ok(await lineOf(login));
    },
    async resetSecret({ login }, { member }) {
      if (!(await staff.get(login))) return fail('E2508');
      if (login === member.login) return fail('E2506');
      await act(member.login, 'staff.secretReset', login);
      return withSecret(login);
    },
    async unlockStaff({ login }, { member }) {
      if (!(await staff.get(login))) return fail('E2508');
      await staff.change(login, { lockedUntil: 0 });
      await staff.clearTries(login);
      await act(member.login, 'staff.unlocked', login);
      return ok(await lineOf(login));
    },
  };
}
