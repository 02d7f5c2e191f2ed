import { randomBytes } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Channel } from '@kiosk/contract/platform/parameters.ts';
import { Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import { type Approval, CENTRE, type ConfigurationOffice } from '../downlink/office.ts';
import { Holiday, ServiceRule } from '../management/contract/changes.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { ChannelStore } from '../store/channel-store.ts';
import type { Vault } from '../vault.ts';
import { type ChannelNow, type ChannelRegistry, keyHashOf, rowOf, RULES } from './registry.ts';
import { ChannelCode, ChannelFields, ChannelSettings, TERMINAL_CHANNEL } from './settings.ts';

const TerminalId = z.string().regex(/^\d{6}$/);

/** What two people decide about channels: kinds of the console's changes (management/contract/changes.ts). */
export const ChannelChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('channel.state'),
    channelId: ChannelCode,
    state: Channel,
    terminalId: TerminalId.optional(),
  }),
  z.object({ kind: z.literal('channel.all'), state: Channel }),
  z.object({
    kind: z.literal('item.state'),
    itemId: z.string().regex(/^[A-Z]\d{2}$/),
    words: Words.nullable(),
    terminalId: TerminalId.optional(),
  }),
  z.object({ kind: z.literal('item.rule'), rule: ServiceRule }),
  z.object({ kind: z.literal('holidays'), holidays: z.array(Holiday).max(200) }),
  z.object({ kind: z.literal('channel.settings'), channelId: ChannelCode, fields: ChannelFields.partial() }),
  z.object({ kind: z.literal('channel.add'), settings: ChannelSettings }),
  z.object({ kind: z.literal('channel.remove'), channelId: ChannelCode }),
  /** A new key and token; the ones before end. */
  z.object({ kind: z.literal('channel.key'), channelId: ChannelCode, withToken: z.boolean() }),
  /** No key is good any more. */
  z.object({ kind: z.literal('channel.revokeKey'), channelId: ChannelCode }),
]);
export type ChannelChange = z.output<typeof ChannelChange>;
export type ChannelChangeKind = ChannelChange['kind'];

export interface AppliedChange {
  /** Of the signed parameters, where it went down to terminals. */
  readonly version: number | null;
  /** Shown once, to who approved. */
  readonly secret?: { readonly key: string; readonly token: string | null };
}

/** Who changes channels. It checks and carries out; that two people agreed is for who calls it to see to. */
export interface ChannelOffice {
  /** Checks it and shows what stands there now. Errors: E9005 wrong, E2613 no such channel or one too many. */
  propose(change: unknown): Promise<Result<{ readonly change: ChannelChange; readonly before: unknown }>>;
  /** Errors: those, and E2307 nothing can be signed. */
  apply(change: ChannelChange, approval: Approval): Promise<Result<AppliedChange>>;
}

export interface ChannelOfficeParts {
  readonly clock: Clock;
  readonly store: ChannelStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly registry: ChannelRegistry;
  readonly configuration: Pick<ConfigurationOffice, 'parameters' | 'changeParameters'>;
  readonly vault: Vault;
}

export function createChannelOffice(parts: ChannelOfficeParts): ChannelOffice {
  const { clock, store, audit, registry, configuration, vault } = parts;
  const none: AppliedChange = { version: null };

  async function before(change: ChannelChange): Promise<Result<unknown>> {
    switch (change.kind) {
      case 'channel.all':
        return ok((await registry.list()).map(({ code, state }) => ({ code, state })));
      case 'item.state':
        return ok((await configuration.parameters(change.terminalId ?? CENTRE)).stoppedItems);
      case 'item.rule':
        return ok((await registry.rule(change.rule.itemId)) ?? null);
      case 'holidays':
        return ok(await store.holidays());
      case 'channel.add': {
        const { code, appId, parent } = change.settings;
        const there = (await registry.get(code)) ?? (await registry.byAppId(appId));
        if (there) return fail('E2613', `channel ${there.code} is there already`);
        return parent === null || (await registry.get(parent)) ? ok(null) : fail('E2613', `no channel ${parent}`);
      }
      default: {
        const known = await registry.get(change.channelId);
        if (!known) return fail('E2613', `no channel ${change.channelId}`);
        if (change.kind === 'channel.remove' && change.channelId === TERMINAL_CHANNEL) {
          return fail('E2613', 'the self-service terminal cannot be taken away');
        }
        if (
          change.kind === 'channel.state' &&
          change.terminalId !== undefined &&
          change.channelId !== TERMINAL_CHANNEL
        ) {
          return fail('E9005', 'terminalId: of the self-service terminal only');
        }
        if (change.kind === 'channel.revokeKey' && !known.hasKey) return fail('E2507', 'there is no key');
        return ok(known);
      }
    }
  }

  /** The newest settings with some fields changed; who reads between two changes never sees half of one. */
  async function replace(known: ChannelNow, settings: ChannelSettings): Promise<Result<AppliedChange>> {
    const row = await store.get(known.code);
    if (!row) return fail('E2613', 'it was taken away');
    const done = await store.replace(rowOf(settings, known.version + 1, clock.now(), row.keyHash, row.tokenHash));
    return done ? ok(none) : fail('E2613', 'somebody changed it just now');
  }

  async function setState(
    code: string,
    state: Channel,
    scope: string,
    approval: Approval,
  ): Promise<Result<AppliedChange>> {
    if (code === TERMINAL_CHANNEL) {
      const version = await configuration.changeParameters(scope, { channel: state }, approval);
      return version.ok ? ok({ version: version.value }) : version;
    }
    const known = (await registry.get(code))!;
    return replace(known, settingsOf({ ...known, state }));
  }

  async function carryOut(change: ChannelChange, approval: Approval): Promise<Result<AppliedChange>> {
    switch (change.kind) {
      case 'channel.state':
        return setState(change.channelId, change.state, change.terminalId ?? CENTRE, approval);
      case 'channel.all': {
        // The terminals first: theirs is the one that can fail, and then nothing else has changed.
        const terminals = await setState(TERMINAL_CHANNEL, change.state, CENTRE, approval);
        if (!terminals.ok) return terminals;
        for (const { code } of await registry.list()) {
          if (code === TERMINAL_CHANNEL) continue;
          const done = await setState(code, change.state, CENTRE, approval);
          if (!done.ok) return done;
        }
        return terminals;
      }
      case 'item.state': {
        const { itemId, words, terminalId: scope = CENTRE } = change;
        const { stoppedItems } = await configuration.parameters(scope);
        const others = stoppedItems.filter(({ id }) => id !== itemId);
        const items = words ? [...others, { id: itemId, words }] : others;
        const version = await configuration.changeParameters(scope, { stoppedItems: items }, approval);
        return version.ok ? ok({ version: version.value }) : version;
      }
      case 'item.rule': {
        const rules = [...(await registry.rules()).filter(({ itemId }) => itemId !== change.rule.itemId), change.rule];
        const row = await store.get(RULES);
        const next = {
          code: RULES,
          appId: RULES,
          keyHash: null,
          tokenHash: null,
          settings: JSON.stringify(rules),
          version: (row?.version ?? 0) + 1,
          changedAt: clock.now(),
        };
        if (!row) await store.seed(next);
        else if (!(await store.replace(next))) return fail('E2613', 'somebody changed a rule just now');
        return ok(none);
      }
      case 'holidays': {
        const wanted = new Set(change.holidays.map(({ date }) => date));
        for (const { date } of await store.holidays()) if (!wanted.has(date)) await store.setHoliday(date, null);
        for (const { date, name } of change.holidays) await store.setHoliday(date, name);
        return ok(none);
      }
      case 'channel.settings': {
        const known = (await registry.get(change.channelId))!;
        return replace(known, settingsOf({ ...known, ...defined(change.fields) } as ChannelNow));
      }
      case 'channel.add':
        await store.seed(rowOf(change.settings, 1, clock.now(), null, null));
        return ok(none);
      case 'channel.remove':
        return (await store.remove(change.channelId)) ? ok(none) : fail('E2613', 'it was taken away');
      case 'channel.revokeKey': {
        const known = (await registry.get(change.channelId))!;
        const row = rowOf(settingsOf(known), known.version + 1, clock.now(), null, null);
        return (await store.replace(row)) ? ok(none) : fail('E2613', 'somebody changed it just now');
      }
      case 'channel.key': {
        const known = (await registry.get(change.channelId))!;
        const secret = () => randomBytes(32).toString('base64url');
        const [key, token] = [secret(), change.withToken ? secret() : null];
        const done = await store.replace(
          rowOf(
            settingsOf(known),
            known.version + 1,
            clock.now(),
            keyHashOf(vault, known.code, key),
            token && keyHashOf(vault, `${known.code} token`, token),
          ),
        );
        return done ? ok({ version: null, secret: { key, token } }) : fail('E2613', 'somebody changed it just now');
      }
    }
  }

  const propose: ChannelOffice['propose'] = async (change) => {
    const checked = ChannelChange.safeParse(change);
    if (!checked.success) {
      return fail('E9005', checked.error.issues.map(({ path }) => path.join('.') || '(whole)').join('; '));
    }
    const standing = await before(checked.data);
    return standing.ok ? ok({ change: checked.data, before: standing.value }) : standing;
  };

  return {
    propose,
    async apply(change, approval) {
      const still = await propose(change);
      if (!still.ok) return still;
      const done = await carryOut(still.value.change, approval);
      if (!done.ok) return done;
      const { kind } = change;
      const subject = 'channelId' in change ? change.channelId : 'itemId' in change ? change.itemId : kind;
      await audit.append({
        at: clock.now(),
        actor: approval.approvedBy,
        action: `channels.${kind}`,
        subject,
        detail: { proposedBy: approval.by, version: done.value.version },
      });
      return done;
    },
  };
}

function settingsOf({ version: _version, hasKey: _hasKey, ...settings }: ChannelNow): ChannelSettings {
  return ChannelSettings.parse(settings);
}

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;
