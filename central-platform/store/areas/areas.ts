import type { Store } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { auditStore } from './audit.ts';
import { changeStore } from './changes.ts';
import { channelStore } from './channels.ts';
import { coreStore } from './core.ts';
import { enrolmentStore } from './enrolment.ts';
import { fleetStore } from './fleet.ts';
import { figureStore } from './figures.ts';
import { guardStore } from './guard.ts';
import { passStore } from './passes.ts';
import { requestStore } from './requests.ts';
import { placeStore } from './places.ts';
import { staffStore } from './staff.ts';
import { workStore } from './work.ts';
import { messageStore } from './messages.ts';
import { dutyStore } from './duty.ts';
import { noticeStore } from './notices.ts';
import { userStore } from './users.ts';
import { serviceStore } from './service.ts';
import { outwardStore } from './outward.ts';
import { businessStore } from './business.ts';
import { carriedStore } from './carried.ts';
import { configurationStore } from './configuration.ts';
import { documentStore } from './documents.ts';
import { identityStore } from './identity.ts';
import { journalStore } from './journal.ts';
import { reconciliationStore } from './reconciliation.ts';
import { upkeepStore } from './upkeep.ts';
import { securityStore, terminalStore } from './terminals.ts';

/** Every room, written once for both engines. */
export function areas(db: Db): Omit<Store, 'close'> {
  return {
    terminals: terminalStore(db),
    upkeep: upkeepStore(db),
    security: securityStore(db),
    business: businessStore(db),
    carried: carriedStore(db),
    configuration: configurationStore(db),
    documents: documentStore(db),
    identity: identityStore(db),
    journal: journalStore(db),
    reconciliation: reconciliationStore(db),
    audit: auditStore(db),
    core: coreStore(db),
    channels: channelStore(db),
    guard: guardStore(db),
    passes: passStore(db),
    messages: messageStore(db),
    notices: noticeStore(db),
    duty: dutyStore(db),
    users: userStore(db),
    service: serviceStore(db),
    outward: outwardStore(db),
    staff: staffStore(db),
    changes: changeStore(db),
    work: workStore(db),
    figures: figureStore(db),
    places: placeStore(db),
    requests: requestStore(db),
    enrolment: enrolmentStore(db),
    fleet: fleetStore(db),
  };
}
