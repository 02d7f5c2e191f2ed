import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock, type Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { currentCatalogue } from './catalogue/catalogue.ts';
import type { PlatformConfig } from './config.ts';
import type { CoreSystem } from './core/core-system.ts';
import { syntheticCore } from './core/synthetic-core.ts';
import { workerRenderer } from './documents/renderer.ts';
import { demonstrationSeal } from './documents/seal.ts';
import { createStatementOffice } from './documents/statement.ts';
import { createConfigurationOffice } from './downlink/office.ts';
import { type ConfigurationSigner, processSigner } from './downlink/signer.ts';
import { platformHandlers } from './gateway/handlers.ts';
import { createGateway } from './gateway/server.ts';
import { createIdentity } from './identity/identity.ts';
import { localOutbox } from './identity/messages.ts';
import { createIntake } from './ingest/intake.ts';
import { createProjection } from './ingest/projection.ts';
import { workerUnwrapper } from './ingest/unwrapper.ts';
import { jsonLog, type Log } from './log.ts';
import { isEd25519, registerTerminal } from './public/management.ts';
import { createPublicListener } from './public/server.ts';
import { createReconciliation } from './reconciliation/office.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
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
}

export interface RunningPlatform {
  /** https://…, for terminals. */
  readonly terminalUrl: string;
  /** http://…, verification page and management. */
  readonly publicUrl: string;
  /** Resolves when everything acknowledged so far has been projected into requests, ratings and print outcomes. */
  projected(): Promise<void>;
  /** Lets requests in flight finish, then closes the store. */
  close(): Promise<void>;
}

interface Files {
  readonly tls: { readonly key: Buffer; readonly cert: Buffer; readonly ca: Buffer };
  readonly centreKey: ReturnType<typeof createPrivateKey>;
  readonly secret: string;
  readonly managementToken: string;
  readonly terminals: readonly { readonly terminalId: string; readonly pem: string }[];
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
  const core = given.core ?? syntheticCore(clock);
  const fontsDir = given.fontsDir ?? fileURLToPath(new URL('../assets/fonts', import.meta.url));

  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const opened = await openSqliteStore(join(config.dataDir, 'platform.db'));
  if (!opened.ok) return opened;
  const store = opened.value;
  for (const { terminalId, pem } of files.terminals) await registerTerminal(store, terminalId, pem, clock.now());

  const { centre, limits } = config;
  const vault = createVault(files.secret);
  const outbox = localOutbox(store.identity, vault);
  const renderer = workerRenderer(fontsDir, log);
  const unwrapper = workerUnwrapper(files.centreKey);
  const projection = createProjection({ store, clock, unwrapper, vault, log });
  const identity = createIdentity({
    clock,
    core,
    store: store.identity,
    vault,
    messages: outbox,
    centreName: centre.name.zh,
  });

  const signer = given.signer ?? processSigner(config.configurationKeyFile, log);
  const configuration = createConfigurationOffice({ clock, store: store.configuration, signer, centreId: centre.id });
  const begun = await configuration.begin(currentCatalogue(centre.enquiryPhone));
  if (!begun.ok) {
    await signer.close();
    await store.close();
    return begun;
  }

  const reconciliation = createReconciliation({ store, clock, projected: () => projection.idle() });
  const intake = createIntake(store, clock, () => projection.wake());
  const publicListener = createPublicListener({
    limits: { perSecond: limits.publicPerSecond, burst: limits.publicBurst },
    clock,
    log,
    documents: store.documents,
    centreName: centre.name,
    enquiryPhone: centre.enquiryPhone,
    demonstration: config.synthetic,
    // Without an address of its own the page is read on this machine.
    localFontsDir: config.publicListener.baseUrl === undefined ? fontsDir : undefined,
    management: {
      token: files.managementToken,
      clock,
      store,
      vault,
      outbox,
      configuration,
      reconciliation,
      bundles: { store, intake, clock, folder: join(config.dataDir, 'bundles') },
    },
  });
  await publicListener.listen(config.publicListener);
  const publicUrl = urlOf('http', publicListener.server.address() as AddressInfo);

  const statements = createStatementOffice({
    clock,
    store: store.documents,
    vault,
    renderer,
    seal: demonstrationSeal,
    centre,
    verifyUrl: () => new URL('/verify', config.publicListener.baseUrl ?? publicUrl).href,
  });
  const gateway = createGateway({
    tls: files.tls,
    limits: { perSecond: limits.terminalPerSecond, burst: limits.terminalBurst },
    clock,
    log,
    store,
    intake,
    handlers: platformHandlers({
      clock,
      store,
      configuration,
      identity,
      statements,
      reconciliation,
    }),
  });
  const { host, port } = config.terminalListener;
  await gateway.listen({ host, port });
  // What was acknowledged before a crash and not yet projected.
  projection.wake();

  return ok({
    terminalUrl: urlOf('https', gateway.server.address() as AddressInfo),
    publicUrl,
    projected: () => projection.idle(),
    async close() {
      await gateway.close();
      await publicListener.close();
      await projection.idle();
      await unwrapper.close();
      await renderer.close();
      await signer.close();
      await store.close();
    },
  });
}

function readFiles(config: PlatformConfig): Result<Files> {
  const { terminalListener } = config;
  try {
    const terminals = config.terminals.map(({ terminalId, signingKeyFile }) => {
      const pem = readFileSync(signingKeyFile, 'utf8');
      if (!isEd25519(pem)) throw new Error(`signing key of terminal ${terminalId} is not an Ed25519 public key`);
      return { terminalId, pem };
    });
    const secret = readFileSync(config.verificationSecretFile, 'utf8').trim();
    const managementToken = readFileSync(config.managementTokenFile, 'utf8').trim();
    if (secret.length < 32) return fail('E8101', 'verificationSecretFile: needs at least 32 characters');
    if (managementToken.length < 16) return fail('E8101', 'managementTokenFile: needs at least 16 characters');
    return ok({
      tls: {
        key: readFileSync(terminalListener.keyFile),
        cert: readFileSync(terminalListener.certificateFile),
        ca: readFileSync(terminalListener.clientCaFile),
      },
      centreKey: createPrivateKey(readFileSync(config.centreKeyFile)),
      secret,
      managementToken,
      terminals,
    });
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : String(error));
  }
}

function urlOf(scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
