import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { FastifyInstance } from 'fastify';
import type { CoreSystem } from '../core/core-system.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { GateFacts } from '../gateway/gates/facts.ts';
import { placeOf, type Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { createDispatch } from './dispatch.ts';
import { type ECard, localCard } from './e-card.ts';
import { createFlowCount } from './flow-count.ts';
import { channelGateFacts, type FreeBranches } from './gate-facts.ts';
import { createGuard, type Guard } from './guard.ts';
import { type WebHandlerParts, webHandlers } from './handlers.ts';
import { createHandOver, type HandOver } from './handover.ts';
import { type AnswerProvider, localAnswers } from './knowledge/answers.ts';
import { publishedKnowledge, registerDocuments, requestCases } from './local-providers.ts';
import { type ChannelOffice, createChannelOffice } from './office.ts';
import { createOutwardService, type OutwardService } from './outward/service.ts';
import { phonePages } from './pages/server.ts';
import { publicStatus } from './pages/public-status.ts';
import { createPapers, type Papers } from './papers.ts';
import { createPasses } from './passes.ts';
import { createPeople, type People } from './people.ts';
import type { CaseProvider, DocumentProvider } from './providers.ts';
import { createPolicyPush, listOnly, type PolicyPush, type PushProvider } from './push/push.ts';
import { type ChannelRegistry, createChannelRegistry } from './registry.ts';
import { webApi } from './server.ts';
import { WEB_CHANNEL } from './settings.ts';
import { createSignIn } from './sign-in.ts';
import { createDailyNotices } from './notices/daily.ts';
import { createDutyWatch, type DutyWatch } from './duty/watch.ts';
import { createNotices, type Notices } from './notices/notices.ts';
import { createMessenger, type Messenger } from './sms/messenger.ts';
import type { SmsProvider } from './sms/provider.ts';
import { createUnitSignIn } from './unit.ts';

const SWEEP_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface ContactParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly core: CoreSystem;
  readonly vault: Vault;
  readonly log: Log;
  readonly sms: SmsProvider;
  readonly centreName: Words;
}

/** What every channel and the terminals' identity share: who may try how often, messages to people, and who they are. */
export interface Contacts {
  readonly guard: Guard;
  readonly messenger: Messenger;
  readonly people: People;
  readonly notices: Notices;
}

export function createContacts({ clock, store, core, vault, log, sms, centreName }: ContactParts): Contacts {
  const guard = createGuard({ clock, store: store.guard, vault });
  const signature = centreName.zh;
  const messenger = createMessenger({ clock, store: store.messages, vault, guard, provider: sms, log, signature });
  const notices = createNotices({ clock, store: store.notices, core, vault, messenger, log });
  return { guard, messenger, notices, people: createPeople({ clock, store: store.users, core, vault }) };
}

/** What a city may put in the place of a plain default. */
export interface ChannelProviders {
  readonly documents: DocumentProvider;
  readonly cases: CaseProvider;
  readonly answers: AnswerProvider;
  readonly card: (passes: ReturnType<typeof createPasses>) => ECard;
  readonly push: PushProvider;
  readonly freeBranches: FreeBranches;
  readonly onRating: NonNullable<WebHandlerParts['onRating']>;
  readonly onHandedIn: NonNullable<WebHandlerParts['onHandedIn']>;
  /** Issuers of units' certificates, PEM. */
  readonly unitIssuers: readonly string[];
}

export interface ChannelRoomParts extends Omit<ContactParts, 'sms'> {
  readonly contacts: Contacts;
  readonly configuration: ConfigurationOffice;
  readonly centreId: string;
  readonly enquiryPhone: string;
  readonly demonstration: boolean;
  readonly localFonts: boolean;
  readonly limits: { readonly perSecond: number; readonly burst: number };
  /** Where the public pages are; asked when an address is written. */
  readonly baseUrl: () => string;
  readonly providers?: Partial<ChannelProviders> | undefined;
}

export interface ChannelRooms {
  readonly registry: ChannelRegistry;
  readonly office: ChannelOffice;
  readonly facts: GateFacts;
  readonly handOver: HandOver;
  /** Codes of the e-card, for whoever reads them: a terminal's scanner, a counter. */
  readonly card: ECard;
  readonly outward: OutwardService;
  readonly papers: Papers;
  readonly push: PolicyPush;
  /** Calls somebody when a terminal stands still. */
  readonly duty: DutyWatch;
  /** Web API, outward service and pages, for the public listener. */
  readonly routes: (server: FastifyInstance) => Promise<void>;
  close(): Promise<void>;
}

/** The channels put together. Their plain defaults need nothing but the store. */
export async function createChannelRooms(parts: ChannelRoomParts): Promise<ChannelRooms> {
  const { clock, store, core, vault, log, configuration, contacts, centreId, enquiryPhone, providers = {} } = parts;
  const { guard, messenger, people, notices } = contacts;
  const catalogue = () => configuration.catalogue();
  const registry = await createChannelRegistry({ clock, store: store.channels, vault, configuration });
  const flow = createFlowCount(clock, store.channels);
  const facts = channelGateFacts({
    clock,
    store: store.channels,
    registry,
    flow,
    configuration,
    catalogue,
    freeBranches: providers.freeBranches,
    centreId,
    enquiryPhone,
  });
  const office = createChannelOffice({
    clock,
    store: store.channels,
    audit: store.audit,
    registry,
    configuration,
    vault,
  });
  const passes = createPasses({ clock, store: store.passes, vault, guard });
  const handOver = createHandOver(passes);
  const card = (providers.card ?? localCard)(passes);
  const papers = createPapers({ clock, store: store.service, vault, guard });
  const push = createPolicyPush(clock, store.service, providers.push ?? listOnly);
  const documents = providers.documents ?? registerDocuments(clock, store);
  const signIn = createSignIn({
    clock,
    store: store.users,
    tries: store.identity,
    core,
    vault,
    guard,
    people,
    messenger,
  });
  const outward = createOutwardService({
    clock,
    store: store.outward,
    guard: store.guard,
    audit: store.audit,
    security: store.security,
    core,
    vault,
  });
  const cases = providers.cases ?? requestCases(store, vault, catalogue);
  const daily = createDailyNotices({ clock, store, core, cases, notices });
  const handlers = webHandlers({
    clock,
    notices,
    core,
    service: store.service,
    guard,
    signIn,
    unitSignIn: createUnitSignIn({
      clock,
      store: store.users,
      core,
      vault,
      guard,
      issuers: providers.unitIssuers ?? [],
    }),
    documents,
    cases,
    papers,
    passes,
    handOver,
    answers: providers.answers ?? localAnswers(publishedKnowledge(store, catalogue)),
    push,
    card,
    outward,
    baseUrl: parts.baseUrl,
    onRating: providers.onRating,
    onHandedIn: providers.onHandedIn,
  });
  const dispatch = createDispatch({ clock, log, centreId, facts, signIn, core, handlers, vault });
  const pages = phonePages({
    clock,
    dispatch,
    handOver,
    passes,
    documents,
    catalogue,
    status: () => publicStatus({ clock, store, catalogue, configuration }),
    centreName: parts.centreName,
    enquiryPhone,
    demonstration: parts.demonstration,
    localFonts: parts.localFonts,
    limits: parts.limits,
    baseUrl: parts.baseUrl,
    channel: async () => (await registry.get(WEB_CHANNEL))?.appId ?? '',
  });

  /** What has run out goes, and what may be told is told. */
  async function upkeep(): Promise<void> {
    const before = clock.now() - DAY_MS;
    await store.guard.sweep(before);
    await store.users.sweep(before);
    await passes.sweep();
    await push.run();
    await daily.run();
    await notices.run();
    await messenger.run();
  }
  const duty = createDutyWatch({ clock, store, vault, messenger, log });
  duty.begin();
  let closed = false;
  let cancel = (): void => {};
  let working = Promise.resolve();
  // The next one begins to wait when this one is done: a clock that jumps a year owes one, not thousands.
  const tick = (): void => {
    working = upkeep()
      .catch((error: unknown) => log({ event: 'channels.upkeep', code: 'E9006', detail: placeOf(error) }))
      .then(() => {
        if (!closed) cancel = clock.after(SWEEP_MS, tick);
      });
  };
  tick();

  return {
    card,
    registry,
    office,
    facts,
    handOver,
    outward,
    papers,
    push,
    duty,
    async routes(server) {
      await server.register(webApi({ registry, dispatch, outward }));
      await server.register(pages);
    },
    async close() {
      closed = true;
      cancel();
      await daily.close();
      await working;
      await duty.close();
      await notices.close();
      await messenger.close();
      await flow.close();
    },
  };
}
