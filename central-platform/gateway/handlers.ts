import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { RefusedDownlink } from '@kiosk/contract/platform/downlink.ts';
import type { Account } from '@kiosk/domain/account.ts';
import { z } from 'zod';
import type { BranchBoard } from '../catalogue/branch-load.ts';
import type { HandOver } from '../channels/handover.ts';
import { handOverHandlers } from '../channels/terminal-handlers.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import { coreHandlers } from '../core/handlers.ts';
import { detailsOf, overviewOf } from '../core/overview.ts';
import { chosenAccount } from '../core/views.ts';
import type { CentreWords } from '../documents/compose/compose.ts';
import { documentHandlers } from '../documents/handlers.ts';
import type { DocumentRoom } from '../documents/room.ts';
import { issueStatement } from '../documents/statement.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import { type Identity, identityHandlers } from '../identity/identity.ts';
import type { ReconciliationOffice } from '../reconciliation/office.ts';
import type { FindAccepted } from '../requests/acceptance.ts';
import type { RequestRoom } from '../requests/room.ts';
import type { Store, Terminal } from '../store/store.ts';
import { judgeClock } from './clock-skew.ts';

export type PlatformHandlers = {
  readonly [R in keyof PlatformRoutes]: (
    terminal: Terminal,
    request: z.output<PlatformRoutes[R]['request']>,
  ) => Promise<Result<PlatformAnswer<R>>>;
};

export interface HandlerParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly identity: Identity;
  readonly core: CoreSystem;
  readonly documents: DocumentRoom;
  readonly centre: CentreWords;
  readonly reconciliation: ReconciliationOffice;
  readonly handOver: HandOver;
  readonly accepted: FindAccepted;
  readonly branches: Pick<BranchBoard, 'now'>;
  readonly requests: RequestRoom['handlers'];
  /** Where the public pages are. */
  readonly baseUrl: () => string;
}

/**
 * A terminal did not take something that came down to it. Forged, misdirected or replayed (an alarm in the error
 * catalogue), it is an event for the security officer, once.
 */
async function noteRefusal(
  store: Store,
  terminalId: string,
  lastHeartbeat: unknown,
  refused: RefusedDownlink | undefined,
  at: number,
): Promise<void> {
  if (!refused || explain(refused.code).severity !== 'alarm') return;
  const known = z.object({ refused: RefusedDownlink }).safeParse(lastHeartbeat).data?.refused;
  if (known?.at === refused.at && known.code === refused.code) return;
  await store.security.record({ at, code: refused.code, terminalId, detail: 'refused by the terminal' });
}

/** What every route of contract/platform/api.ts does, without HTTP. */
export function platformHandlers({
  clock,
  store,
  configuration,
  identity,
  core,
  documents,
  centre,
  reconciliation,
  handOver,
  requests,
  accepted,
  branches,
  baseUrl,
}: HandlerParts): PlatformHandlers {
  async function accountOf(
    terminal: Terminal,
    identityToken: string,
    accountNumber?: string,
  ): Promise<Result<{ depositor: Depositor; account: Account }>> {
    const depositor = await identity.depositor(terminal.terminalId, identityToken);
    if (!depositor.ok) return depositor;
    const account = chosenAccount(depositor.value, accountNumber);
    return account.ok ? ok({ depositor: depositor.value, account: account.value }) : account;
  }

  return {
    async heartbeat(terminal, request) {
      const now = clock.now();
      const { terminalId, heartbeat: last } = terminal;
      await noteRefusal(store, terminalId, last, request.refused, now);
      const skew = await judgeClock(store.security, terminal, request.at, now);
      await store.terminals.heartbeat(terminalId, now, request);
      const downlink = await configuration.versionsFor(terminalId, request.applied);
      return ok({ serverTime: now, downlink, ...(skew ? { clock: skew } : {}) });
    },
    async downlink({ terminalId }, { applied }) {
      return ok({ envelopes: [...(await configuration.envelopesFor(terminalId, applied))] });
    },
    ...identityHandlers(identity),
    async account(terminal, { identityToken, accountNumber }) {
      const found = await accountOf(terminal, identityToken, accountNumber);
      if (!found.ok) return found;
      return ok(overviewOf(found.value.depositor, found.value.account, clock.now()));
    },
    async details(terminal, { identityToken, accountNumber, period }) {
      const found = await accountOf(terminal, identityToken, accountNumber);
      return found.ok ? detailsOf(found.value.account, period) : found;
    },
    async issueStatement(terminal, { identityToken, operationId, period, maskIdNumber }) {
      const found = await accountOf(terminal, identityToken);
      if (!found.ok) return found;
      const { terminalId } = terminal;
      return issueStatement(documents.office, { ...found.value, terminalId, operationId, period, maskIdNumber });
    },
    ...coreHandlers({ clock, core, depositor: (terminalId, token) => identity.depositor(terminalId, token) }),
    ...documentHandlers({
      clock,
      store,
      documents,
      centre,
      accepted,
      depositor: (terminalId, token) => identity.depositor(terminalId, token),
    }),
    ...requests,
    branchesNow: async () => ok(await branches.now()),
    ...handOverHandlers({
      handOver,
      baseUrl,
      depositor: (terminalId, token) => identity.depositor(terminalId, token),
    }),
    reportHeads: (terminal, report) => reconciliation.heads(terminal, report),
    closeDay: (terminal, request) => reconciliation.close(terminal, request),
    linkAt: async ({ terminalId }, { stream, seq }) => ok(await reconciliation.linkAt(terminalId, stream, seq)),
    reportFirstDifference: ({ terminalId }, found) => reconciliation.parted(terminalId, found),
  };
}
