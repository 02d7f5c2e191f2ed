import type { Store } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { auditStore } from './audit.ts';
import { changeStore } from './changes.ts';
import { channelStore } from './channels.ts';
import { figureStore } from './figures.ts';
import { guardStore } from './guard.ts';
import { passStore } from './passes.ts';
import { placeStore } from './places.ts';
import { staffStore } from './staff.ts';
import { workStore } from './work.ts';
import { messageStore } from './messages.ts';
import { userStore } from './users.ts';
import { serviceStore } from './service.ts';
import { outwardStore } from './outward.ts';

/** The rooms of the store that are written once, for both engines. */
export function areas(
  db: Db,
): Pick<
  Store,
  | 'audit'
  | 'channels'
  | 'guard'
  | 'passes'
  | 'messages'
  | 'users'
  | 'service'
  | 'outward'
  | 'staff'
  | 'changes'
  | 'work'
  | 'figures'
  | 'places'
> {
  return {
    audit: auditStore(db),
    channels: channelStore(db),
    guard: guardStore(db),
    passes: passStore(db),
    messages: messageStore(db),
    users: userStore(db),
    service: serviceStore(db),
    outward: outwardStore(db),
    staff: staffStore(db),
    changes: changeStore(db),
    work: workStore(db),
    figures: figureStore(db),
    places: placeStore(db),
  };
}
