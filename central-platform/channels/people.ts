import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { PlatformUser, UserStore } from '../store/user-store.ts';
import type { Vault } from '../vault.ts';

/** One registration, all channels: whoever was identified anywhere is this user everywhere, by the phone on record. */
export interface People {
  /** The person was identified with two factors on a channel: the user is there from now on, with this phone. */
  identified(depositor: Depositor, channel: string): Promise<PlatformUser | undefined>;
  /** Users of a phone that is still theirs on record. Errors: those of the core. */
  ofPhone(phone: string): Promise<Result<readonly (Depositor & { readonly phone: string })[]>>;
  user(depositorId: string): Promise<PlatformUser | undefined>;
}

export const personHashOf = (vault: Vault, idNumber: string): string => vault.hash('person', idNumber);
export const phoneHashOf = (vault: Vault, phone: string): string => vault.hash('phone', phone);

export function createPeople(parts: {
  readonly clock: Clock;
  readonly store: UserStore;
  readonly core: CoreSystem;
  readonly vault: Vault;
}): People {
  const { clock, store, core, vault } = parts;
  return {
    async identified({ depositorId, idNumber, phone }, channel) {
      if (phone === null) return undefined;
      const now = clock.now();
      return store.bind({
        userId: newId(now),
        depositorId,
        personHash: personHashOf(vault, idNumber),
        phoneHash: phoneHashOf(vault, phone),
        registeredAt: now,
        registeredBy: channel,
      });
    },
    async ofPhone(phone) {
      const users = await store.byPhone(phoneHashOf(vault, phone));
      const found: (Depositor & { readonly phone: string })[] = [];
      for (const { depositorId } of users) {
        const one = await core.get(depositorId);
        if (!one.ok) return one;
        // Somebody who changed the phone at the counter does not sign in with the old one, whoever has it now.
        if (one.value?.phone === phone) found.push({ ...one.value, phone });
      }
      return ok(found);
    },
    user: (depositorId) => store.byDepositor(depositorId),
  };
}
