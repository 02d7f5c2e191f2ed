import { createHash, createPublicKey, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import { maskIdNumber, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type DutyWatch, NewContact } from '../channels/duty/watch.ts';
import { configurationRoutes } from '../downlink/management.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import { type EnrolmentOffice, REVOCATION_REASONS } from '../enrolment/office.ts';
import { refuse } from '../gateway/refusal.ts';
import type { LocalOutbox } from '../identity/messages.ts';
import { requestContext } from '../ingest/effect.ts';
import type { PublicContent, ReceivedRequest, Store } from '../store/store.ts';
import type { ReconciliationOffice } from '../reconciliation/office.ts';
import { openJson, type Vault } from '../vault.ts';
import { type BundleParts, bundleRoutes } from './bundles.ts';

export interface ManagementParts {
  readonly token: string;
  readonly clock: Clock;
  readonly store: Store;
  readonly vault: Vault;
  /** Absent where messages go to real phones: then nobody can read them here. */
  readonly outbox: LocalOutbox | undefined;
  /** What the app on an invented person's phone would show; absent where people have phones of their own. */
  readonly appCode: ((idNumber: string) => Promise<string | undefined>) | undefined;
  readonly configuration: ConfigurationOffice;
  readonly reconciliation: ReconciliationOffice;
  readonly enrolment: EnrolmentOffice;
  readonly bundles: BundleParts;
  readonly duty: DutyWatch;
}

const RequestContent = z.object({ form: RequestForm, person: RequestPerson.nullable() });
const Registration = z.object({ signingKeyPem: z.string().max(2000) });
const StateChange = z.object({
  state: z.enum(['admitted', 'revoked']),
  reason: z.enum(REVOCATION_REASONS).default('maintenance'),
});
const DocumentStateChange = z.object({ state: z.enum(['valid', 'cancelled']) });
/** Whoever holds the token, in the audit log; the console knows its people by name. */
const MANAGEMENT = 'management';
const AppCodeWanted = z.object({ idNumber: z.string().max(40) });
const TerminalId = z.string().regex(/^\d{6}$/);

/** What the centre's staff may ask, in JSON, behind a bearer token. People appear masked. */
export function managementRoutes({
  token,
  clock,
  store,
  vault,
  outbox,
  appCode,
  configuration,
  reconciliation,
  enrolment,
  bundles,
  duty,
}: ManagementParts) {
  const expected = digest(`Bearer ${token}`);

  function masked(request: ReceivedRequest) {
    const { content, ...row } = request;
    const { form, person } = RequestContent.parse(openJson(vault, requestContext(request.requestNumber), content));
    return {
      ...row,
      // Free text may name people: it is read where a reveal is logged, not in a list.
      form: form.item === 'S01' ? { item: form.item, topicId: form.topicId, hasText: Boolean(form.text) } : form,
      person: person && {
        name: person.name === undefined ? null : maskName(person.name),
        idNumber: person.idNumber === undefined ? null : maskIdNumber(person.idNumber),
        phone: person.phone === undefined ? null : maskPhone(person.phone),
      },
    };
  }

  return async (server: FastifyInstance): Promise<void> => {
    server.addHook('onRequest', async (request, reply) => {
      if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return undefined;
      return refuse(reply, { code: 'E9007' }, 401);
    });

    server.get('/sms-outbox', async (_request, reply) =>
      outbox ? outbox.messages() : refuse(reply, { code: 'E9005', detail: 'messages go to phones' }, 404),
    );
    server.post('/app-codes', async (request, reply) => {
      const body = AppCodeWanted.safeParse(request.body);
      const code = body.success && appCode ? await appCode(body.data.idNumber) : undefined;
      return code === undefined ? refuse(reply, { code: 'E9005', detail: 'idNumber' }, 404) : { code };
    });
    server.get('/duty', async () => ({
      contacts: (await store.duty.contacts()).map(({ phone: _phone, ...contact }) => contact),
      incidents: await store.duty.incidents(200),
    }));
    server.post('/duty/contacts', async (request, reply) => {
      const contact = NewContact.safeParse(request.body);
      if (!contact.success) return refuse(reply, { code: 'E9005', detail: 'contact' }, 400);
      const contactId = await duty.addContact(contact.data);
      await store.audit.append({
        ...{ at: clock.now(), actor: MANAGEMENT, action: 'duty.contact', subject: contactId },
        detail: { branchId: contact.data.branchId, level: contact.data.level },
      });
      return { contactId };
    });
    server.get('/requests', async () => (await store.business.requests()).map(masked));
    server.get('/ratings', () => store.business.ratings());
    server.get('/documents', async () =>
      // The verification code proves who holds the paper, so it stays on the paper.
      (await store.documents.list()).map(
        ({ documentNumber, kind, state, terminalId, issuedAt, pages, sha256, prints, publicContent }) => ({
          documentNumber,
          kind,
          state,
          terminalId,
          issuedAt,
          pages,
          sha256,
          prints,
          ...(publicContent as PublicContent | null),
        }),
      ),
    );
    server.get('/terminals', async () => {
      const terminals = await store.terminals.list();
      return Promise.all(
        terminals.map(async ({ terminalId, state, registeredAt, lastSeenAt, heartbeat }) => ({
          terminalId,
          state,
          registeredAt,
          lastSeenAt,
          heartbeat,
          streams: await store.journal.standings(terminalId),
        })),
      );
    });
    server.get('/quarantine', () => store.journal.allQuarantined());
    server.get('/events', () => store.security.list());
    server.get<{ Querystring: { terminalId?: string } }>('/reconciliation/cases', (request) =>
      store.reconciliation.cases(request.query.terminalId, 500),
    );
    server.post<{ Params: { terminalId: string } }>('/reconciliation/walks/:terminalId', (request) =>
      reconciliation.walk(request.params.terminalId),
    );
    server.get<{ Querystring: { terminalId?: string } }>('/reconciliation/closes', async (request) =>
      (await store.reconciliation.closes(request.query.terminalId, 500)).map(
        ({ terminalId, close, statement, receivedAt, equal }) => ({ terminalId, close, statement, receivedAt, equal }),
      ),
    );
    await server.register(bundleRoutes(bundles));
    await server.register(configurationRoutes(configuration, store.configuration));

    server.put<{ Params: { terminalId: string } }>('/terminals/:terminalId', async (request, reply) => {
      const { terminalId } = request.params;
      const body = Registration.safeParse(request.body);
      if (!TerminalId.safeParse(terminalId).success || !body.success || !isEd25519(body.data.signingKeyPem)) {
        return refuse(reply, { code: 'E9005', detail: 'terminal number of 6 digits and an Ed25519 key in PEM' });
      }
      await registerTerminal(store, terminalId, body.data.signingKeyPem, clock.now());
      return {};
    });
    server.post<{ Params: { terminalId: string } }>('/terminals/:terminalId/state', async (request, reply) => {
      const body = StateChange.safeParse(request.body);
      if (!body.success) return refuse(reply, { code: 'E9005', detail: 'state' });
      const { terminalId } = request.params;
      const { state, reason } = body.data;
      const changed =
        state === 'revoked'
          ? await enrolment.revoke(terminalId, reason, MANAGEMENT)
          : await enrolment.readmit(terminalId, MANAGEMENT);
      if (!changed) return refuse(reply, { code: 'E9005', detail: 'no such terminal' }, 404);
      return {};
    });
    server.post<{ Params: { terminalId: string } }>(
      '/terminals/:terminalId/enrolment-codes',
      async (request, reply) => {
        const terminalId = TerminalId.safeParse(request.params.terminalId);
        if (!terminalId.success) return refuse(reply, { code: 'E9005', detail: 'terminal number of 6 digits' });
        return enrolment.createCode(terminalId.data, MANAGEMENT);
      },
    );
    server.get('/enrolment-codes', () => enrolment.codes());
    server.post<{ Params: { number: string } }>('/documents/:number/state', async (request, reply) => {
      const body = DocumentStateChange.safeParse(request.body);
      if (!body.success) return refuse(reply, { code: 'E9005', detail: 'state' });
      const changed = await store.documents.setState(request.params.number, body.data.state, clock.now());
      return changed ? {} : refuse(reply, { code: 'E9005', detail: 'no such document' }, 404);
    });
  };
}

/** Admits a terminal by its signing key. Another key for a known terminal is recorded: it is a new machine, or somebody else's. */
export async function registerTerminal(store: Store, terminalId: string, pem: string, at: number): Promise<void> {
  const before = await store.terminals.register(terminalId, pem, at);
  if (before && before.signingKeyPem !== pem) {
    await store.security.record({ at, code: 'E3105', terminalId, detail: 'signing key was replaced' });
  }
}

export function isEd25519(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
