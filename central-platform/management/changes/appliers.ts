import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { publishedGuides } from '../../catalogue/guides/published.ts';
import type { ChannelOffice } from '../../channels/office.ts';
import type { OutwardService } from '../../channels/outward/service.ts';
import { type Approval, CENTRE, type ConfigurationOffice } from '../../downlink/office.ts';
import type { CaseOffice } from '../../requests/staff.ts';
import type { Store } from '../../store/store.ts';
import type { ChangeContent, NewSecret } from '../contract/changes.ts';
import type { PersonRegister } from '../register.ts';

export interface Carried {
  /** Of the signed release, where there is one. */
  readonly version: number | null;
  readonly secret?: NewSecret;
}

export interface Appliers {
  /** Whether what it names is there, and what stands there now. Errors: E2508, E9005 and those of the offices. */
  check(content: ChangeContent): Promise<Result<unknown>>;
  apply(content: ChangeContent, approval: Approval, change: { readonly reason: string }): Promise<Result<Carried>>;
  /** Groups of a change of parameters: `sent` were reached before. The one after the last is the whole centre. */
  wave(content: ChangeContent, sent: number, act: 'next' | 'back', approval: Approval): Promise<Result<number | null>>;
}

export interface ApplierParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
  readonly channels: ChannelOffice;
  readonly outward: Pick<OutwardService, 'put' | 'key' | 'revokeKey'>;
  readonly register: PersonRegister;
  readonly cases: Pick<CaseOffice, 'find' | 'decide' | 'payAgain'>;
  /** Cancels a document in the register, with everything that hangs on it. False: not there, or not valid. */
  readonly cancelDocument: (documentNumber: string, reason: string, approval: Approval) => Promise<Result<void>>;
  /** Whether a document is there and can be cancelled, and what it is now. */
  readonly document: (documentNumber: string) => Promise<{ readonly state: string } | undefined>;
}

/** What each kind of change does. The offices check and carry out; here is only who is asked. */
export function createAppliers(parts: ApplierParts): Appliers {
  const { clock, store, configuration, channels, outward, register } = parts;
  const none = ok({ version: null });
  const released = (version: Result<number | null>): Result<Carried> =>
    version.ok ? ok({ version: version.value }) : version;

  async function onCatalogue(edit: (catalogue: Catalogue) => Catalogue, approval: Approval) {
    return released(await configuration.changeCatalogue(edit, approval));
  }

  /** The knowledge base as it is now goes down to the terminals. */
  async function toGuides(approval: Approval) {
    const guides = await publishedGuides(store.places);
    return onCatalogue((catalogue) => ({ ...catalogue, guides }), approval);
  }

  async function toTerminals(
    terminalIds: readonly string[],
    fields: Readonly<Record<string, unknown>>,
    approval: Approval,
  ): Promise<Result<number | null>> {
    let last: number | null = null;
    for (const terminalId of terminalIds) {
      const done = await configuration.changeParameters(terminalId, fields, approval);
      if (!done.ok) return done;
      last = done.value;
    }
    return ok(last);
  }

  const terminal = async (terminalId: string) => {
    const known = await store.terminals.get(terminalId);
    return known ? ok({ state: known.state }) : fail('E2508', `terminal ${terminalId}`);
  };

  return {
    async check(content) {
      if ('terminalId' in content && content.terminalId !== undefined) {
        const known = await terminal(content.terminalId);
        if (!known.ok || content.kind === 'terminal.revoke' || content.kind === 'terminal.admit') return known;
      }
      switch (content.kind) {
        case 'channel.state':
        case 'channel.all':
        case 'channel.settings':
        case 'channel.add':
        case 'channel.remove':
        case 'channel.key':
        case 'channel.revokeKey':
        case 'item.state':
        case 'item.rule':
        case 'holidays': {
          const standing = await channels.propose(content);
          return standing.ok ? ok(standing.value.before) : standing;
        }
        case 'department.put':
        case 'department.key':
        case 'department.revokeKey': {
          const id = content.kind === 'department.put' ? content.settings.departmentId : content.departmentId;
          const row = await store.outward.department(id);
          if (content.kind === 'department.put') return ok(row ? (JSON.parse(row.settings) as unknown) : null);
          if (!row) return fail('E2508', `department ${id}`);
          if (content.kind === 'department.revokeKey' && row.keyHash === null) return fail('E2507', 'there is no key');
          return ok({ hasKey: row.keyHash !== null });
        }
        case 'item.publish':
        case 'item.remove': {
          const id = content.kind === 'item.publish' ? content.item.id : content.itemId;
          const there = (await configuration.catalogue()).items.find((item) => item.id === id);
          return !there && content.kind === 'item.remove' ? fail('E2508', id) : ok(there ?? null);
        }
        case 'branches.publish':
          return ok((await configuration.catalogue()).branches);
        case 'notice.show':
        case 'notice.end':
          return ok((await configuration.parameters(content.terminalId ?? CENTRE)).notices);
        case 'parameters': {
          const { heartbeatSeconds, caps, retentionDays } = await configuration.parameters(
            content.terminalId ?? CENTRE,
          );
          for (const id of content.waves?.flat() ?? []) {
            if (!(await store.terminals.get(id))) return fail('E2508', `terminal ${id}`);
          }
          return ok({ heartbeatSeconds, caps, retentionDays });
        }
        case 'knowledge.publish':
        case 'knowledge.withdraw': {
          const versions = await store.places.article(content.articleId);
          const wanted =
            content.kind === 'knowledge.publish'
              ? versions.find(({ version }) => version === content.version)
              : versions[0];
          if (!wanted) return fail('E2508', content.articleId);
          const standing = versions.find(({ state }) => state === 'published');
          return ok(standing ? { version: standing.version, ...(JSON.parse(standing.content) as object) } : null);
        }
        case 'slots':
          return ok((await store.places.setting('slots', slotId(content.template))) ?? null);
        case 'document.cancel': {
          const known = await parts.document(content.documentNumber);
          if (!known) return fail('E2508', content.documentNumber);
          return known.state === 'cancelled' ? fail('E2507', known.state) : ok({ state: known.state });
        }
        case 'request.decide': {
          const found = await parts.cases.find(content.requestNumber);
          if (!found) return fail('E2508', content.requestNumber);
          const { state } = found.open.row;
          return ['granted', 'refused', 'withdrawn'].includes(state) && content.act === 'grant'
            ? fail('E2507', state)
            : ok({ state, item: found.open.row.item });
        }
        case 'case.close': {
          const cases = await store.reconciliation.cases(undefined, 10_000);
          if (!cases.some(({ caseId }) => caseId === content.caseId)) return fail('E2508', content.caseId);
          const desk = await store.work.caseDesk(content.caseId);
          return typeof desk?.closedAt === 'number' ? fail('E2507', 'closed') : ok({ state: 'open' });
        }
        case 'register.add':
          return register.check(content.requestNumber);
        case 'register.lift': {
          const entry = (await store.figures.register()).find(({ id }) => id === content.entryId);
          if (!entry) return fail('E2508');
          return entry.lifted ? fail('E2507') : ok({ what: entry.what, until: entry.until });
        }
        case 'terminal.revoke':
        case 'terminal.admit':
          return terminal(content.terminalId);
      }
    },

    async apply(content, approval, change) {
      const at = clock.now();
      switch (content.kind) {
        case 'channel.state':
        case 'channel.all':
        case 'channel.settings':
        case 'channel.add':
        case 'channel.remove':
        case 'channel.key':
        case 'channel.revokeKey':
        case 'item.state':
        case 'item.rule':
        case 'holidays': {
          return channels.apply(content, approval);
        }
        case 'department.put': {
          const done = await outward.put(content.settings, approval);
          return done.ok ? none : done;
        }
        case 'department.key': {
          const key = await outward.key(content.departmentId, approval);
          return key.ok ? ok({ version: null, secret: { key: key.value, token: null } }) : key;
        }
        case 'department.revokeKey': {
          const done = await outward.revokeKey(content.departmentId, approval);
          return done.ok ? none : done;
        }
        case 'item.publish':
          return onCatalogue((catalogue) => {
            const there = catalogue.items.some(({ id }) => id === content.item.id);
            const items = there
              ? catalogue.items.map((item) => (item.id === content.item.id ? content.item : item))
              : [...catalogue.items, content.item];
            return { ...catalogue, items };
          }, approval);
        case 'item.remove':
          return onCatalogue(
            (catalogue) => ({ ...catalogue, items: catalogue.items.filter(({ id }) => id !== content.itemId) }),
            approval,
          );
        case 'branches.publish':
          return onCatalogue((catalogue) => ({ ...catalogue, branches: content.branches }), approval);
        case 'notice.show':
        case 'notice.end': {
          const scope = content.terminalId ?? CENTRE;
          const { notices } = await configuration.parameters(scope);
          const gone = content.kind === 'notice.show' ? content.notice.id : content.noticeId;
          const rest = notices.filter(({ id, until }) => id !== gone && (until === null || until > at));
          const next = content.kind === 'notice.show' ? [...rest, content.notice] : rest;
          return released(await configuration.changeParameters(scope, { notices: next }, approval));
        }
        case 'parameters':
          return released(
            content.waves?.[0]
              ? await toTerminals(content.waves[0], content.fields, approval)
              : await configuration.changeParameters(content.terminalId ?? CENTRE, content.fields, approval),
          );
        case 'knowledge.publish':
          if (!(await store.places.publishArticle(content.articleId, content.version, at))) return fail('E2508');
          return toGuides(approval);
        case 'knowledge.withdraw':
          if (!(await store.places.withdrawArticle(content.articleId))) return fail('E2507');
          return toGuides(approval);
        case 'slots':
          await store.places.set('slots', slotId(content.template), content.template);
          return none;
        case 'terminal.revoke':
        case 'terminal.admit': {
          const state = content.kind === 'terminal.revoke' ? 'revoked' : 'admitted';
          if (!(await store.terminals.setState(content.terminalId, state))) return fail('E2508');
          const detail = `set to ${state}`;
          await store.security.record({ at, code: 'E3105', terminalId: content.terminalId, detail });
          return none;
        }
        case 'document.cancel': {
          const done = await parts.cancelDocument(content.documentNumber, change.reason, approval);
          return done.ok ? none : done;
        }
        case 'request.decide': {
          const { requestNumber, words } = content;
          // Who approves answers for the money; who proposed it stands beside.
          const ask = { requestNumber, words, by: approval.approvedBy, proposedBy: approval.by };
          const done =
            content.act === 'grant'
              ? await parts.cases.decide({ ...ask, verdict: 'granted' })
              : await parts.cases.payAgain(ask);
          return done.ok ? none : done;
        }
        case 'case.close':
          await store.work.changeCase(content.caseId, { closedAt: at, resolution: content.resolution });
          return none;
        case 'register.add': {
          const { requestNumber, what, until } = content;
          const done = await register.add({ requestNumber, what, until, reason: change.reason, ...approval });
          return done.ok ? none : done;
        }
        case 'register.lift':
          return (await store.figures.liftRegister(content.entryId)) ? none : fail('E2507');
      }
    },

    async wave(content, sent, act, approval) {
      if (content.kind !== 'parameters' || content.waves === undefined) return fail('E9005', 'waves');
      const own = Object.fromEntries(Object.keys(content.fields).map((field) => [field, null]));
      // Back to what the centre says, on everybody that was reached.
      if (act === 'back') return toTerminals(content.waves.slice(0, sent).flat(), own, approval);
      const group = content.waves[sent];
      if (group) return toTerminals(group, content.fields, approval);
      const all = await configuration.changeParameters(CENTRE, content.fields, approval);
      if (!all.ok) return all;
      const cleared = await toTerminals(content.waves.flat(), own, approval);
      return cleared.ok ? all : cleared;
    },
  };
}

const slotId = ({ branchId, topicId }: { branchId: string; topicId: string }) => `${branchId} ${topicId}`;
