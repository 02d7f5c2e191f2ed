import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Channel } from '@kiosk/contract/platform/parameters.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { CENTRE, type ConfigurationOffice } from '../downlink/office.ts';
import { ServiceRule } from '../management/contract/changes.ts';
import type { ChannelRow, ChannelStore } from '../store/channel-store.ts';
import type { Vault } from '../vault.ts';
import { DEFAULT_CHANNELS } from './defaults.ts';
import { ChannelSettings, TERMINAL_CHANNEL } from './settings.ts';

/** A channel as it stands now. */
export interface ChannelNow extends ChannelSettings {
  readonly version: number;
  readonly hasKey: boolean;
}

export interface ChannelRegistry {
  list(): Promise<readonly ChannelNow[]>;
  get(code: string): Promise<ChannelNow | undefined>;
  byAppId(appId: string): Promise<ChannelNow | undefined>;
  /** Whether a caller's key (and token, where it has one) is the channel's. In constant time. */
  proves(code: string, key: string, token: string | undefined): Promise<'good' | 'key' | 'token'>;
  /** The channel a terminal belongs to: the sub-channel that lists it, or 50. */
  ofTerminal(terminalId: string): Promise<ChannelNow>;
  /** Open, in its dates and enabled, with its parent. */
  standing(
    channel: ChannelNow,
  ): Promise<{ readonly open: boolean; readonly why?: 'stopped' | 'disabled' | 'dates'; readonly state: Channel }>;
  rule(itemId: string): Promise<ServiceRule | undefined>;
  rules(): Promise<readonly ServiceRule[]>;
}

export interface RegistryParts {
  readonly clock: Clock;
  readonly store: ChannelStore;
  readonly vault: Vault;
  readonly configuration: Pick<ConfigurationOffice, 'parameters'>;
}

export const keyHashOf = (vault: Vault, code: string, key: string): string =>
  vault.hash('channel key', `${code} ${key}`);

/** Where the rules of items stand in the store: beside the channels, under a code no channel can have. */
export const RULES = 'item rules';

export async function createChannelRegistry(parts: RegistryParts): Promise<ChannelRegistry> {
  const { clock, store, vault, configuration } = parts;
  for (const settings of DEFAULT_CHANNELS) await store.seed(rowOf(settings, 1, clock.now(), null, null));

  async function now(row: ChannelRow): Promise<ChannelNow> {
    const settings = ChannelSettings.parse(JSON.parse(row.settings));
    const state =
      settings.code === TERMINAL_CHANNEL ? (await configuration.parameters(CENTRE)).channel : settings.state;
    return { ...settings, state, version: row.version, hasKey: row.keyHash !== null };
  }

  async function get(code: string): Promise<ChannelNow | undefined> {
    const row = code === RULES ? undefined : await store.get(code);
    return row && now(row);
  }

  const list = async () => Promise.all((await store.list()).filter(({ code }) => code !== RULES).map(now));

  async function rules(): Promise<readonly ServiceRule[]> {
    const row = await store.get(RULES);
    return row ? ServiceRule.array().parse(JSON.parse(row.settings)) : [];
  }

  return {
    list,
    get,
    async byAppId(appId) {
      const row = await store.byAppId(appId);
      return row && row.code !== RULES ? now(row) : undefined;
    },
    async proves(code, key, token) {
      const row = await store.get(code);
      if (!row?.keyHash || !same(row.keyHash, keyHashOf(vault, code, key))) return 'key';
      if (row.tokenHash === null) return 'good';
      return token !== undefined && same(row.tokenHash, keyHashOf(vault, `${code} token`, token)) ? 'good' : 'token';
    },
    async ofTerminal(terminalId) {
      const all = await list();
      const own = all.find(({ parent, terminals }) => parent === TERMINAL_CHANNEL && terminals.includes(terminalId));
      return own ?? all.find(({ code }) => code === TERMINAL_CHANNEL)!;
    },
    async standing(channel) {
      const parent = channel.parent === null ? undefined : await get(channel.parent);
      const today = shanghaiDate(clock.now());
      let state: Channel = { state: 'open' };
      for (const one of parent ? [parent, channel] : [channel]) {
        if (one.state.state === 'stopped') state = one.state;
        if (one.state.state === 'stopped') return { open: false, why: 'stopped', state };
        if (!one.enabled) return { open: false, why: 'disabled', state };
        const early = one.validFrom !== null && today < one.validFrom;
        if (early || (one.validTo !== null && today > one.validTo)) return { open: false, why: 'dates', state };
      }
      return { open: true, state };
    },
    rule: async (itemId) => (await rules()).find((rule) => rule.itemId === itemId),
    rules,
  };
}

export function rowOf(
  settings: ChannelSettings,
  version: number,
  changedAt: number,
  keyHash: string | null,
  tokenHash: string | null,
): ChannelRow {
  // The terminals' state has its one place in the signed parameters.
  const kept = settings.code === TERMINAL_CHANNEL ? { ...settings, state: { state: 'open' as const } } : settings;
  const { code, appId } = settings;
  return { code, appId, keyHash, tokenHash, settings: JSON.stringify(kept), version, changedAt };
}

const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
