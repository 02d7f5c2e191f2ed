import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock, type Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { currentCatalogue } from './catalogue/catalogue.ts';
import { createBranchBoard } from './catalogue/branch-load.ts';
import { publishedGuides, seedGuides } from './catalogue/guides/published.ts';
import { createChannelRooms, createContacts } from './channels/rooms.ts';
import type { PlatformConfig } from './config.ts';
import { readFiles } from './config-files.ts';
import { demonstrationCore } from './core/core.ts';
import type { CoreSystem } from './core/core-system.ts';
import { createDocumentRoom } from './documents/room.ts';
import type { CertificateOffice } from './documents/certificates/office.ts';
import type { SealProvider } from './documents/seal/provider.ts';
import { createConfigurationOffice } from './downlink/office.ts';
import { type ConfigurationSigner, processSigner } from './downlink/signer.ts';
import { type EnrolmentAuthority, processAuthority } from './enrolment/authority.ts';
import { createEnrolment } from './enrolment/office.ts';
import { createAdmission } from './gateway/admission/admission.ts';
import { admissionLimits } from './gateway/admission/limits.ts';
import { createCallers, watched } from './gateway/caller.ts';
import type { GateFacts } from './gateway/gates/facts.ts';
import { createCaseUses, createTerminalUses } from './gateway/gates/uses.ts';
import { platformHandlers } from './gateway/handlers.ts';
import { createGateway } from './gateway/server.ts';
import { createIdentity } from './identity/identity.ts';
import { askingLevels } from './identity/levels.ts';
import { localOutbox } from './identity/messages.ts';
import { createIntake } from './ingest/intake.ts';
import { createProjection } from './ingest/projection.ts';
import { workerUnwrapper } from './ingest/unwrapper.ts';
import { jsonLog, type Log } from './log.ts';
import { createConsoleRoom } from './management/room.ts';
import { registerTerminal } from './public/management.ts';
import { createPublicListener } from './public/server.ts';
import { createReconciliation } from './reconciliation/office.ts';
import { type BankProvider, createBankDesk } from './neighbours/bank.ts';
import type { CheckProvider } from './neighbours/checks.ts';
import { type OtherCentres, syntheticCentres } from './neighbours/other-centre.ts';
import { syntheticOffices } from './neighbours/synthetic.ts';
import { demonstrationBank } from './neighbours/synthetic-bank.ts';
import { createRequestRoom, type RequestRoom } from './requests/room.ts';
import { openStore } from './store/open-store.ts';
import { beginUpkeep } from './store/upkeep/upkeep.ts';
import { createVault } from './vault.ts';

/** What differs between a test, a demonstration and a city is chosen here and nowhere below. */
export interface PlatformParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly log: Log;
  /** Where NotoSansSC-Regular.ttf and -Bold.ttf are. */
  readonly fontsDir: string;
  /** Signs what goes down to terminals. */
  readonly signer: ConfigurationSigner;
  /** Seals papers. */
  readonly seal: SealProvider;
  /** Issues certificates to terminals. */
  readonly authority: EnrolmentAuthority;
  /** Other offices of the city, and centres of other cities. */
  readonly checks: CheckProvider;
  readonly centres: OtherCentres;
  /** The entrusted bank's host. */
  readonly bank: BankProvider;
  /** What the gates are told. */
  readonly gates: GateFacts;
}

export interface RunningPlatform {
  /** https://…, for terminals. */
  readonly terminalUrl: string;
  /** http://…, verification page and management. */
  readonly publicUrl: string;
  /** http://…, the staff's console; undefined: none is served. */
  readonly consoleUrl: string | undefined;
  /** What staff do with requests; the console's own pages ask the same office. */
  readonly requests: Pick<RequestRoom, 'office' | 'handedIn'>;
  /** Lives of certificates, as staff review them. */
  readonly certificates: Pick<CertificateOffice, 'reviewCancel'>;
  /** Resolves when everything acknowledged so far has been projected into requests, ratings and print outcomes. */
  projected(): Promise<void>;
  /** Lets requests in flight finish, then closes the store. */
  close(): Promise<void>;
}

/** Brings the platform up. Errors: E8101 a file of the configuration, E6102 or E6105 the store, E2307 nothing can be signed. A port in use throws. */
export async function startPlatform(
  config: PlatformConfig,
  given: Partial<PlatformParts> = {},
): Promise<Result<RunningPlatform>> {
  const read = readFiles(config);
  if (!read.ok) return read;
  const files = read.value;
  const clock = given.clock ?? systemClock;
  const log =
    given.log ??
    jsonLog(
      () => clock.now(),
      (line) => void process.stderr.write(line),
    );
  const fontsDir = given.fontsDir ?? fileURLToPath(new URL('../assets/fonts', import.meta.url));

  const opened = await openStore(config);
  if (!opened.ok) return opened;
  const callers = createCallers(opened.value, clock);
  const store = { ...opened.value, terminals: watched(opened.value.terminals, callers.forget) };
  for (const { terminalId, pem } of files.terminals) await registerTerminal(store, terminalId, pem, clock.now());

  const { centre, limits } = config;
  const vault = createVault(files.secret);
  const core = given.core ?? demonstrationCore({ clock, store: store.core, vault });
  const outbox = localOutbox(store.identity, vault, () => clock.now());
  const contacts = createContacts({ clock, store, core, vault, log, sms: outbox, centreName: centre.name });
  const unwrapper = workerUnwrapper(files.centreKey);
  const projection = createProjection({
    ...{ store, clock, unwrapper, vault, log },
    async arrived(effects) {
      await consoleRoom.arrived(effects);
      await requests.arrived(effects);
    },
  });
  const bank = createBankDesk({ bank: given.bank ?? demonstrationBank(clock), clock, audit: store.audit });
  const identity = createIdentity({
    clock,
    core,
    store: store.identity,
    vault,
    bank,
    audit: store.audit,
    card: { read: (code, by) => channels.card.read(code, by) },
    ...contacts,
  });

  const { enrolment: issuing } = config;
  const authority =
    given.authority ?? (issuing && processAuthority(issuing.authorityKeyFile, issuing.authorityCertificateFile, log));
  const signer = given.signer ?? processSigner(config.configurationKeyFile, log);
  const configuration = createConfigurationOffice({ clock, store: store.configuration, signer, centreId: centre.id });
  const branches = createBranchBoard({ clock, store, catalogue: () => configuration.catalogue() });
  await seedGuides(store.places, clock.now());
  const guides = await publishedGuides(store.places);
  const begun = await configuration.begin(currentCatalogue(centre.enquiryPhone, { guides }));
  if (!begun.ok) {
    await signer.close();
    await store.close();
    return begun;
  }

  const enrolment = createEnrolment({
    clock,
    store,
    vault,
    authority,
    certificateDays: config.enrolment?.certificateDays ?? 365,
    codeHours: config.enrolment?.codeHours ?? 24,
    changed: callers.forget,
  });
  const reconciliation = createReconciliation({ store, clock, projected: () => projection.idle() });
  const intake = createIntake(store, clock, (terminalId) => projection.wake(terminalId));
  const baseUrl = (): string => config.publicListener.baseUrl ?? publicUrl;
  const documents = createDocumentRoom({
    notices: contacts.notices,
    config,
    clock,
    log,
    store,
    vault,
    fontsDir,
    seal: given.seal,
    verifyUrl: () => new URL('/verify', baseUrl()).href,
  });
  const requests = createRequestRoom({
    ...{ clock, store, vault, log, core, identity, contacts, bank, documents },
    checks: given.checks ?? syntheticOffices(clock),
    centres: given.centres ?? syntheticCentres(clock),
    outward: () => channels.outward,
    uses: createCaseUses({ clock, vault, facts: () => given.gates ?? channels.facts }),
    channelOf: async (terminalId) => (await channels.registry.ofTerminal(terminalId)).code,
    catalogue: () => configuration.catalogue(),
    callStaff: (call) => channels.duty.called(call),
    casePage: (requestNumber) => new URL(`/m/cases/${requestNumber}`, baseUrl()).href,
  });
  const consoleRoom = await createConsoleRoom({
    ...{ config, clock, log, store, vault, core, configuration, documents, fontsDir, unwrapper },
    cases: requests.office,
  });
  // Without an address of its own the pages are read on this machine.
  const localFontsDir = config.publicListener.baseUrl === undefined ? fontsDir : undefined;
  const pageLimits = { perSecond: limits.publicPerSecond, burst: limits.publicBurst };
  const channels = await createChannelRooms({
    ...{ clock, store, core, vault, log, contacts, configuration },
    centreId: centre.id,
    centreName: centre.name,
    enquiryPhone: centre.enquiryPhone,
    demonstration: config.synthetic,
    localFonts: localFontsDir !== undefined,
    limits: pageLimits,
    baseUrl,
    providers: {
      onRating: consoleRoom.rated,
      freeBranches: branches.free,
      cases: requests.cases,
      onHandedIn: requests.handedIn,
    },
  });
  const publicListener = createPublicListener({
    limits: pageLimits,
    clock,
    log,
    verifier: documents.verifier,
    exchange: documents.exchange,
    centreName: centre.name,
    enquiryPhone: centre.enquiryPhone,
    demonstration: config.synthetic,
    localFontsDir,
    channels: channels.routes,
    management: {
      token: files.managementToken,
      clock,
      store,
      vault,
      outbox,
      appCode: appCodeOf,
      configuration,
      reconciliation,
      enrolment,
      bundles: { store, intake, clock, folder: join(config.dataDir, 'bundles') },
      duty: channels.duty,
    },
  });
  /** The demonstration's people have no phones: what their app would show. */
  async function appCodeOf(idNumber: string): Promise<string | undefined> {
    const found = await core.findByIdNumber(idNumber);
    return found.ok && found.value ? (await channels.card.show(found.value, '10')).code : undefined;
  }
  await publicListener.listen(config.publicListener);
  const publicUrl = urlOf('http', publicListener.server.address() as AddressInfo);

  const gateway = createGateway({
    tls: files.tls,
    limits: { perSecond: limits.terminalPerSecond, burst: limits.terminalBurst },
    strangers: { perSecond: limits.enrolmentPerSecond, burst: limits.enrolmentBurst },
    requestTimeoutMs: limits.requestTimeoutMs,
    admission: createAdmission(clock, admissionLimits(limits)),
    callers,
    centreId: centre.id,
    gates: given.gates ?? channels.facts,
    uses: createTerminalUses({ clock, identity, vault }),
    enrolment,
    clock,
    log,
    intake,
    handlers: askingLevels(
      platformHandlers({
        clock,
        store,
        configuration,
        identity,
        core,
        documents,
        centre: { name: centre.name.zh, enquiryPhone: centre.enquiryPhone },
        reconciliation,
        handOver: channels.handOver,
        requests: requests.handlers,
        accepted: requests.accepted,
        branches,
        baseUrl,
      }),
      { identity, clock, catalogue: () => configuration.catalogue() },
    ),
  });
  const { host, port } = config.terminalListener;
  await gateway.listen({ host, port });
  // What was acknowledged before a crash and not yet projected.
  projection.begin();
  requests.begin();
  const upkeep = beginUpkeep({ config, store: store.upkeep, clock, log });

  return ok({
    terminalUrl: urlOf('https', gateway.server.address() as AddressInfo),
    publicUrl,
    consoleUrl: consoleRoom.console?.url,
    requests,
    certificates: documents.certificates,
    async projected() {
      await projection.idle();
      await requests.idle();
    },
    async close() {
      await gateway.close();
      await publicListener.close();
      await channels.close();
      await consoleRoom.close();
      await projection.close();
      await requests.close();
      await upkeep.close();
      await unwrapper.close();
      await documents.close();
      await signer.close();
      await authority?.close();
      await store.close();
    },
  });
}

function urlOf(scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
