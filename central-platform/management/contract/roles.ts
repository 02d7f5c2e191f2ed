import type { ConsoleRouteName } from './api.ts';
import { Role } from './route.ts';

const EVERYBODY: readonly Role[] = Role.options;
/** Who does the daily work. */
const WORK: readonly Role[] = ['operator', 'administrator'];
/** Who may see what concerns single people or the log of staff. */
const READ: readonly Role[] = ['operator', 'auditor', 'administrator'];
const CONTROL: readonly Role[] = ['auditor', 'administrator'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** Who may call what; `null`: nobody has signed in yet. The one table of it, tested cell by cell. */
export const roleMatrix: Readonly<Record<ConsoleRouteName, readonly Role[] | null>> = {
  signIn: null,
  me: EVERYBODY,
  signOut: EVERYBODY,
  changeSecret: EVERYBODY,
  attention: EVERYBODY,

  fleet: EVERYBODY,
  terminal: EVERYBODY,
  placeTerminal: WORK,
  commandTerminal: WORK,

  changes: EVERYBODY,
  change: EVERYBODY,
  proposeChange: WORK,
  decideChange: WORK,
  withdrawChange: WORK,
  stepWave: WORK,
  emergencyStop: WORK,
  channels: EVERYBODY,

  catalogue: EVERYBODY,
  articles: EVERYBODY,
  article: EVERYBODY,
  saveArticle: WORK,

  flow: EVERYBODY,
  branches: EVERYBODY,
  slots: EVERYBODY,
  saveBranch: WORK,
  reportWaiting: WORK,

  search: READ,
  reveal: WORK,

  workOrders: READ,
  workOrder: READ,
  assignWorkOrder: WORK,
  classifyWorkOrder: WORK,
  commentWorkOrder: WORK,
  answerWorkOrder: WORK,
  closeWorkOrder: WORK,
  deadlines: EVERYBODY,

  analysis: EVERYBODY,
  usageReport: EVERYBODY,
  exportList: EVERYBODY,

  anomalies: READ,
  settleAnomaly: CONTROL,
  register: READ,

  cases: EVERYBODY,
  case: EVERYBODY,
  assignCase: WORK,
  commentCase: READ,

  releases: EVERYBODY,
  quarantine: READ,
  quarantined: READ,
  lookQuarantined: READ,
  decideQuarantined: WORK,

  audit: CONTROL,
  verifyAudit: CONTROL,
  security: READ,
  backups: READ,

  documents: READ,
  document: READ,
  cancelRequests: READ,

  requests: READ,
  request: READ,
  decideRequest: WORK,
  askForMaterials: WORK,
  findOutRequest: WORK,
  identifyRequest: WORK,

  departments: EVERYBODY,
  outwardAnswers: READ,

  staff: CONTROL,
  addStaff: ADMINISTRATOR,
  changeStaff: ADMINISTRATOR,
  resetSecret: ADMINISTRATOR,
  unlockStaff: ADMINISTRATOR,
};

export function mayCall(route: ConsoleRouteName, role: Role): boolean {
  return roleMatrix[route]?.includes(role) ?? true;
}
