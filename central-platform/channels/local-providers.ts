import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { isDocumentKind, kindOf } from '@kiosk/documents/kinds/kinds.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { Depositor } from '../core/core-system.ts';
import type { DocumentRecord } from '../store/document-store.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import type { Appointment, MyCase, MyDocument } from './contract.ts';
import type { Article, CaseProvider, DocumentProvider, KnowledgeSource } from './providers.ts';

/** How a holder's cancellation is carried out: the document office's, with everything that hangs on it. */
export type CancelDocument = (documentNumber: string, reason: string) => Promise<boolean>;

/** The register of documents as the platform keeps it. */
export function registerDocuments(
  clock: Clock,
  store: Pick<Store, 'documents' | 'audit'>,
  cancelDocument: CancelDocument = (number, reason) =>
    store.documents.setState(number, 'cancelled', clock.now(), reason),
): DocumentProvider {
  const stateOf = ({ state, validUntil }: DocumentRecord): MyDocument['state'] =>
    state === 'cancelled'
      ? 'cancelled'
      : validUntil !== null && shanghaiDate(clock.now()) > validUntil
        ? 'expired'
        : 'valid';
  const named = (kind: string) => {
    if (!isDocumentKind(kind)) return { zh: kind, en: kind };
    const { title, english } = kindOf(kind);
    return { zh: title, en: english };
  };
  return {
    async ofPerson({ depositorId }) {
      const rows = await store.documents.list({ depositorId, limit: 200 });
      return rows
        .filter(({ state }) => state !== 'issuing')
        .map((row) => ({
          documentNumber: row.documentNumber,
          kind: row.kind,
          kindName: named(row.kind),
          state: stateOf(row),
          issuedAt: row.issuedAt,
          pages: row.pages,
          prints: row.prints,
        }));
    },
    async shown(documentNumber) {
      const row = await store.documents.find(documentNumber);
      if (!row || row.state === 'issuing') return undefined;
      const { kind, issuedAt, publicContent } = row;
      return {
        documentNumber,
        kindName: named(kind),
        state: stateOf(row),
        issuedAt,
        lines: linesOf(publicContent),
      };
    },
    async cancel({ depositorId }, documentNumber, _reason, channel) {
      const row = await store.documents.find(documentNumber);
      if (row?.depositorId !== depositorId) return fail('E2606');
      if (stateOf(row) !== 'valid') return fail('E2612');
      // The person's own words may name anybody: the register keeps that the holder wanted it.
      if (!(await cancelDocument(documentNumber, 'holder'))) return fail('E2612');
      const at = clock.now();
      await store.audit.append({
        at,
        actor: `channel ${channel}`,
        action: 'document.cancelled',
        subject: documentNumber,
        detail: {},
      });
      return ok({ state: 'cancelled' });
    },
  };
}

const Facts = z.array(z.object({ zh: z.string(), en: z.string(), value: z.string() }));
const Masked = z.object({ nameMasked: z.string(), accountMasked: z.string() });

/** What the register holds masked for the page that verifies; of an older paper the two values that say whose it is. */
function linesOf(content: unknown) {
  const facts = Facts.safeParse(content).data ?? Facts.safeParse((content as { facts?: unknown } | null)?.facts).data;
  if (facts) return facts.map(({ zh, en, value }) => ({ name: { zh, en }, value }));
  const older = Masked.safeParse(content).data;
  if (!older) return [];
  return [
    { name: { zh: '姓名', en: 'Name' }, value: older.nameMasked },
    { name: { zh: '个人账号', en: 'Account' }, value: older.accountMasked },
  ];
}

/** Requests of all channels as they arrived, found by the person. What the centre did with them is in the work orders. */
export function requestCases(
  store: Pick<Store, 'work'>,
  vault: Vault,
  catalogue: () => Promise<Catalogue>,
): CaseProvider {
  // The same keyed hash by which the console finds a person's requests.
  const mine = ({ idNumber }: Depositor) => store.work.find('idHash', vault.hash('find id', idNumber), 200);
  return {
    async ofPerson(person) {
      const { items } = await catalogue();
      return Promise.all(
        (await mine(person)).map(async (row): Promise<MyCase> => {
          const order = await store.work.workOrder(row.requestNumber);
          return {
            number: row.requestNumber,
            item: row.item,
            name: items.find(({ id }) => id === row.item)?.name ?? { zh: row.item, en: row.item },
            channel: row.channelId,
            state: !order ? 'received' : order.state === 'open' ? 'inProgress' : 'done',
            receivedAt: row.receivedAt,
            dueAt: order?.dueAt ?? null,
            missing: [],
            words: null,
          };
        }),
      );
    },
    async appointments(person) {
      const { branches, topics } = await catalogue();
      return (await mine(person)).flatMap(({ item, requestNumber, topicId, branchId, date, half }): Appointment[] => {
        if (item !== 'B08' || branchId === null || date === null) return [];
        const named = (list: readonly { id: string; name: { zh: string; en: string } }[], id: string) =>
          list.find((one) => one.id === id)?.name ?? { zh: id, en: id };
        return [
          {
            number: requestNumber,
            branch: named(branches, branchId),
            service: named(topics, topicId),
            date,
            half: half === 'afternoon' ? 'afternoon' : 'morning',
            state: 'requested',
          },
        ];
      });
    },
  };
}

const ArticleContent = z.object({
  title: z.object({ zh: z.string(), en: z.string() }),
  body: z.object({ zh: z.string(), en: z.string() }),
  itemId: z.string().nullable(),
  keywords: z.array(z.string()),
});

/** What the console has published, and the catalogue's own words for each item. */
export function publishedKnowledge(store: Pick<Store, 'places'>, catalogue: () => Promise<Catalogue>): KnowledgeSource {
  return {
    async articles() {
      const kept = (await store.places.articles()).filter(({ state }) => state === 'published');
      const articles = kept.map(({ articleId, content }): Article => {
        const { title, body, itemId, keywords } = ArticleContent.parse(JSON.parse(content));
        return { articleId, title, body, keywords, item: itemId };
      });
      const items = (await catalogue()).items.map(({ id, name, hint }): Article => ({
        articleId: id,
        title: name,
        body: hint,
        item: id,
        keywords: [],
      }));
      return [...articles, ...items];
    },
  };
}
