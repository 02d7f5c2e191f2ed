import type { Store } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { auditStore } from './audit.ts';
import { channelStore } from './channels.ts';
import { guardStore } from './guard.ts';
import { passStore } from './passes.ts';
import { messageStore } from './messages.ts';
import { userStore } from './users.ts';
import { serviceStore } from './service.ts';
import { outwardStore } from './outward.ts';

/** The rooms of the store that are written once, for both engines. */
export function areas(
  db: Db,
): Pick<Store, 'audit' | 'channels' | 'guard' | 'passes' | 'messages' | 'users' | 'service' | 'outward'> {
  return {
    audit: auditStore(db),
    channels: channelStore(db),
    guard: guardStore(db),
    passes: passStore(db),
    messages: messageStore(db),
    users: userStore(db),
    service: serviceStore(db),
    outward: outwardStore(db),
  };
}
