import type { CoreStore } from '../store/core-store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';
import { Act } from './acts.ts';

export interface NewAct {
  readonly reference: string;
  readonly depositorId: string;
  readonly place: number;
  readonly at: number;
  readonly askedHash: string;
  readonly act: Act;
}

/** Where the core notes what was done since its books were written. */
export interface ActBook {
  /** In order. */
  of(depositorId: string): Promise<readonly NewAct[]>;
  byReference(reference: string): Promise<NewAct | undefined>;
  /** false: the reference or the place is taken. */
  add(act: NewAct): Promise<boolean>;
}

/** For a core without a store: gone with the process. */
export function actsInMemory(): ActBook {
  const acts: NewAct[] = [];
  return {
    of: async (depositorId) => acts.filter((act) => act.depositorId === depositorId),
    byReference: async (reference) => acts.find((act) => act.reference === reference),
    async add(act) {
      const taken = acts.some(
        (other) =>
          other.reference === act.reference || (other.depositorId === act.depositorId && other.place === act.place),
      );
      if (!taken) acts.push(act);
      return !taken;
    },
  };
}

export function actsInStore(store: CoreStore, vault: Vault): ActBook {
  const context = (reference: string) => `core act ${reference}`;
  const opened = ({ sealed, ...act }: Awaited<ReturnType<CoreStore['acts']>>[number]): NewAct => ({
    ...act,
    act: Act.parse(openJson(vault, context(act.reference), sealed)),
  });
  return {
    of: async (depositorId) => (await store.acts(depositorId)).map(opened),
    async byReference(reference) {
      const act = await store.act(reference);
      return act && opened(act);
    },
    add: ({ act, ...rest }) => store.addAct({ ...rest, sealed: sealJson(vault, context(rest.reference), act) }),
  };
}
