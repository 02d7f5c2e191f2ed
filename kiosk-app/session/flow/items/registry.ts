import type { ItemId } from '../state.ts';
import type { AnyFlow } from './item-flow.ts';
import { loanFlow } from './loans/flow.ts';

/** Every journey that is written as an item flow. The platform's catalogue decides which of them are open. */
const FLOWS: readonly AnyFlow[] = [loanFlow];
const BY_ITEM = new Map(FLOWS.flatMap((one) => one.items.map((item) => [item, one] as const)));

export const flowOf = (item: ItemId): AnyFlow | undefined => BY_ITEM.get(item);
