import type { Component } from 'svelte';
import type { ConsoleAnswer, ConsoleRouteName } from '../../contract/api.ts';
import type { IconName } from '../parts/icons.ts';
import type { Texts } from '../texts/texts.ts';
import Account from './Account.svelte';
import Analysis from './Analysis.svelte';
import Approvals from './Approvals.svelte';
import Audit from './Audit.svelte';
import Backups from './Backups.svelte';
import Branches from './Branches.svelte';
import Cases from './Cases.svelte';
import Catalogue from './Catalogue.svelte';
import Channels from './Channels.svelte';
import Deadlines from './Deadlines.svelte';
import Departments from './Departments.svelte';
import Documents from './Documents.svelte';
import Fleet from './Fleet.svelte';
import Flow from './Flow.svelte';
import Knowledge from './Knowledge.svelte';
import Quarantine from './Quarantine.svelte';
import Releases from './Releases.svelte';
import Requests from './Requests.svelte';
import Risk from './Risk.svelte';
import Search from './Search.svelte';
import Security from './Security.svelte';
import Staff from './Staff.svelte';
import WorkOrders from './WorkOrders.svelte';

type Attention = ConsoleAnswer<'attention'>;

export interface PageEntry {
  readonly id: keyof Texts['shell']['pages'];
  readonly area: keyof Texts['shell']['areas'];
  readonly icon: IconName;
  /** After G. */
  readonly key?: string;
  /** Whoever may call this sees the page. */
  readonly route: ConsoleRouteName;
  readonly component: Component;
  /** How much waits here, and whether that is bad. */
  readonly waits?: (attention: Attention) => { readonly count: number; readonly grave: boolean };
}

const grave = (count: number) => ({ count, grave: true });
const calm = (count: number) => ({ count, grave: false });

/** Every page, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  {
    id: 'fleet',
    area: 'watch',
    icon: 'fleet',
    key: 'f',
    route: 'fleet',
    component: Fleet,
    waits: ({ terminalsInFault, terminalsSilent }) => grave(terminalsInFault + terminalsSilent),
  },
  { id: 'flow', area: 'watch', icon: 'flow', key: 'l', route: 'flow', component: Flow },
  {
    id: 'approvals',
    area: 'watch',
    icon: 'approvals',
    key: 'a',
    route: 'changes',
    component: Approvals,
    waits: ({ approvals }) => calm(approvals),
  },
  { id: 'deadlines', area: 'watch', icon: 'deadlines', key: 'd', route: 'deadlines', component: Deadlines },
  {
    id: 'requests',
    area: 'business',
    icon: 'requests',
    key: 'p',
    route: 'requests',
    component: Requests,
    waits: ({ requestsWaiting }) => calm(requestsWaiting),
  },
  { id: 'search', area: 'business', icon: 'search', key: 's', route: 'search', component: Search },
  {
    id: 'work-orders',
    area: 'business',
    icon: 'orders',
    key: 'w',
    route: 'workOrders',
    component: WorkOrders,
    waits: ({ workOrdersOpen, workOrdersOverdue }) => ({ count: workOrdersOpen, grave: workOrdersOverdue > 0 }),
  },
  { id: 'documents', area: 'business', icon: 'documents', key: 'o', route: 'documents', component: Documents },
  { id: 'analysis', area: 'business', icon: 'analysis', key: 'y', route: 'analysis', component: Analysis },
  {
    id: 'channels',
    area: 'channels',
    icon: 'channels',
    key: 'c',
    route: 'channels',
    component: Channels,
    waits: ({ channelsStopped }) => grave(channelsStopped),
  },
  { id: 'catalogue', area: 'channels', icon: 'catalogue', key: 'i', route: 'catalogue', component: Catalogue },
  { id: 'knowledge', area: 'channels', icon: 'knowledge', key: 'k', route: 'articles', component: Knowledge },
  {
    id: 'departments',
    area: 'channels',
    icon: 'departments',
    key: 'n',
    route: 'departments',
    component: Departments,
  },
  { id: 'branches', area: 'channels', icon: 'branches', key: 'b', route: 'branches', component: Branches },
  {
    id: 'cases',
    area: 'check',
    icon: 'cases',
    key: 'e',
    route: 'cases',
    component: Cases,
    waits: ({ casesOpen }) => calm(casesOpen),
  },
  {
    id: 'quarantine',
    area: 'check',
    icon: 'quarantine',
    key: 'q',
    route: 'quarantine',
    component: Quarantine,
    waits: ({ quarantined }) => calm(quarantined),
  },
  {
    id: 'risk',
    area: 'check',
    icon: 'risk',
    key: 'x',
    route: 'anomalies',
    component: Risk,
    waits: ({ anomalies }) => calm(anomalies),
  },
  {
    id: 'security',
    area: 'check',
    icon: 'security',
    route: 'security',
    component: Security,
    waits: ({ alarms }) => calm(alarms),
  },
  { id: 'audit', area: 'check', icon: 'audit', key: 'u', route: 'audit', component: Audit },
  { id: 'releases', area: 'system', icon: 'releases', key: 'r', route: 'releases', component: Releases },
  { id: 'backups', area: 'system', icon: 'backups', route: 'backups', component: Backups },
  { id: 'staff', area: 'system', icon: 'staff', key: 't', route: 'staff', component: Staff },
];

/** Reached from the name at the top, not from the navigation. */
export const ACCOUNT: PageEntry = {
  id: 'account',
  area: 'system',
  icon: 'staff',
  route: 'changeSecret',
  component: Account,
};
