import { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskIdNumber, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import { z } from 'zod';
import { ITEMS } from '../catalogue/items.ts';
import { requestContext } from '../ingest/effect.ts';
import { MESSAGE_CONTEXT, MessageContent } from '../channels/sms/messenger.ts';
import type { LookupRow } from '../store/desk-store.ts';
import type { StoredMessage } from '../store/message-store.ts';
import type { Store } from '../store/store.ts';
import { openJson, type Vault } from '../vault.ts';
import type { Hit, RevealField } from './contract/search.ts';
import type { DocumentDesk } from './documents.ts';
import type { Handlers } from './handlers.ts';
import { messageWords } from './message-words.ts';

const Content = z.object({ form: RequestForm, person: RequestPerson.nullable() });
const MOST = 100;
const SHOWN_SECONDS = 15;
/** Fields one colleague may open in an hour before somebody asks why. */
const REVEALS = { most: 60, windowMs: 3_600_000, lockMs: 3_600_000 } as const;

export interface SearchParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly vault: Vault;
  readonly documents: DocumentDesk;
}

/** Business by a number somebody brings. Nothing that is typed here reaches a log; what is shown is masked until a reason is given. */
export function searchHandlers({ clock, store, vault, documents }: SearchParts): Handlers<'search' | 'reveal'> {
  const { work, audit, guard, messages } = store;

  const contentOf = ({ requestNumber, content }: LookupRow) =>
    Content.parse(openJson(vault, requestContext(requestNumber), content));

  async function hitOf(row: LookupRow): Promise<z.infer<typeof Hit>> {
    const { form, person } = contentOf(row);
    const order = await work.workOrder(row.requestNumber);
    const fields: RevealField[] = [];
    if (person?.name !== undefined) fields.push('name');
    if (person?.idNumber !== undefined) fields.push('idNumber');
    if (person?.phone !== undefined) fields.push('phone');
    if (person?.text || (form.item === 'S01' && form.text)) fields.push('text');
    return {
      ...{ kind: 'request', id: row.requestNumber, item: row.item, state: order?.state ?? 'received' },
      what: ITEMS.find(({ id }) => id === row.item)?.name ?? { zh: row.item, en: row.item },
      ...{ at: row.receivedAt, terminalId: row.terminalId, channelId: row.channelId, fields },
      name: person?.name === undefined ? null : maskName(person.name),
      idNumber: person?.idNumber === undefined ? null : maskIdNumber(person.idNumber),
      phone: person?.phone === undefined ? null : maskPhone(person.phone),
    };
  }

  async function rowsOf(by: string, value: string): Promise<readonly LookupRow[]> {
    if (by === 'idNumber') return work.find('idHash', vault.hash('find id', value.toUpperCase()), MOST + 1);
    if (by === 'phone') return work.find('phoneHash', vault.hash('find phone', value), MOST + 1);
    if (by === 'terminalId') return work.find('terminalId', value, MOST + 1);
    const number = parseRequestNumber(value);
    const row = number.ok ? await work.lookup(number.value.number) : undefined;
    return row ? [row] : [];
  }

  /** What was sent to a number, or about a person. */
  async function messagesOf(by: string, value: string): Promise<readonly StoredMessage[]> {
    if (by === 'phone') return messages.find('phoneHash', vault.hash('phone', value), MOST + 1);
    if (by !== 'idNumber') return [];
    return messages.find('personHash', vault.hash('find id', value.toUpperCase()), MOST + 1);
  }

  const messageHit = ({ id, template, state, at, phoneMasked, content }: StoredMessage): z.infer<typeof Hit> => ({
    ...{ kind: 'message', id: String(id), item: null, what: messageWords(template), state, at },
    ...{ terminalId: null, channelId: '70', name: null, idNumber: null, phone: phoneMasked },
    fields: content === null || template.startsWith('code.') ? [] : ['phone', 'text'],
  });

  /** Of what is kept: the words of a notice for a while, those of a code never. */
  async function revealMessage(
    id: string,
    field: RevealField,
  ): Promise<{ subject: string; value: string | null } | undefined> {
    const found = /^\d{1,15}$/.test(id) ? await messages.get(Number(id)) : undefined;
    if (!found || messageHit(found).fields.length === 0 || found.content === null) return undefined;
    const { phone, text } = MessageContent.parse(openJson(vault, MESSAGE_CONTEXT, found.content));
    return { subject: `message ${found.id}`, value: field === 'phone' ? phone : field === 'text' ? text : null };
  }

  async function revealRequest(
    id: string,
    field: RevealField,
  ): Promise<{ subject: string; value: string | null } | undefined> {
    const row = await work.lookup(id);
    if (!row) return undefined;
    const { form, person } = contentOf(row);
    const value = field === 'text' ? (person?.text ?? (form.item === 'S01' ? form.text : undefined)) : person?.[field];
    return { subject: row.requestNumber, value: value ?? null };
  }

  async function documentHit(value: string): Promise<z.infer<typeof Hit>[]> {
    const number = parseDocumentNumber(value);
    const found = number.ok ? await documents.find(number.value.number) : undefined;
    if (!found) return [];
    return [
      {
        ...{ kind: 'document', id: found.documentNumber, item: null, what: found.kindName, state: found.state },
        ...{ at: found.issuedAt, terminalId: found.terminalId, channelId: '50', name: found.name },
        ...{ idNumber: null, phone: null, fields: [] },
      },
    ];
  }

  return {
    async search({ by, value }, { member }) {
      const rows = await rowsOf(by, value);
      const hits = await Promise.all(rows.slice(0, MOST).map(hitOf));
      const papers = by === 'number' ? await documentHit(value) : [];
      const sent = await messagesOf(by, value);
      await audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'business.searched', subject: by },
        detail: { found: hits.length + papers.length + Math.min(sent.length, MOST) },
      });
      const told = sent.slice(0, MOST).map(messageHit);
      return ok({ rows: [...hits, ...papers, ...told], more: rows.length > MOST || sent.length > MOST });
    },
    async reveal({ kind, id, field, reason }, { member }) {
      const found = await (kind === 'message' ? revealMessage : revealRequest)(id, field);
      if (!found) return fail('E2508');
      const { tries } = await guard.count(vault.hash('console reveal', member.login), REVEALS, clock.now());
      if (tries > REVEALS.most) return fail('E2515');
      // Logged before it is shown. The reason is a colleague's own words; the value stands nowhere.
      await audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'person.revealed', subject: found.subject },
        detail: { field, reason: withoutNumbers(reason) },
      });
      return ok({ value: found.value, seconds: SHOWN_SECONDS });
    },
  };
}

/** A reason must not become the place where a number is kept. */
const withoutNumbers = (reason: string): string => reason.replace(/\d{5,}[\dXx]*/g, '#');
