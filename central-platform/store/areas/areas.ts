import type { Store } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { auditStore } from './audit.ts';

/** The rooms of the store that are written once, for both engines. */
export function areas(db: Db): Pick<Store, 'audit'> {
  return { audit: auditStore(db) };
}
