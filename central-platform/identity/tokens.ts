import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import {
  ActingAgent,
  type IdentityLevel,
  type IdentityState,
  type ProvenFactor,
} from '@kiosk/contract/platform/identity.ts';
import { isAtLeast, levelAt } from '@kiosk/domain/identity-level.ts';
import type { IdentityStore, KeptToken } from '../store/identity-store.ts';

/** A session's identity ends with it, and by itself after this; proving more does not make it longer. */
const TOKEN_VALID_MS = 15 * 60_000;

export interface Tokens {
  issue(of: {
    readonly terminalId: string;
    readonly depositorId: string;
    readonly factors: readonly ProvenFactor[];
    readonly agent?: ActingAgent;
    /** UTC ms, where another identity sets the end. */
    readonly expiresAt?: number;
  }): Promise<{ readonly identityToken: string; readonly state: IdentityState }>;
  /** Error: E1206 unknown, expired, ended, or of another terminal. */
  read(terminalId: string, identityToken: string): Promise<Result<KeptToken>>;
  raise(terminalId: string, identityToken: string, factor: ProvenFactor): Promise<Result<IdentityState>>;
  end(identityToken: string): Promise<void>;
  stateOf(token: KeptToken): IdentityState;
}

export function createTokens({ clock, store }: { readonly clock: Clock; readonly store: IdentityStore }): Tokens {
  async function read(terminalId: string, identityToken: string): Promise<Result<KeptToken>> {
    const token = await store.token(hashOf(identityToken));
    const good = token && token.terminalId === terminalId && clock.now() < token.expiresAt && token.factors.length > 0;
    return good ? ok(token) : fail('E1206');
  }
  function stateOf(token: KeptToken): IdentityState {
    const agent = agentOf(token);
    const proven = levelAt(token.factors, clock.now());
    // With a paper only, nobody at the centre has seen yet that the agent may.
    const level = agent?.authority === 'paper' || proven === 'L0' ? 'L1' : proven;
    return {
      level,
      factors: [...token.factors],
      expiresAt: token.expiresAt,
      ...(agent ? { agent } : {}),
    };
  }

  return {
    read,
    stateOf,
    async issue({ terminalId, depositorId, factors, agent, expiresAt = clock.now() + TOKEN_VALID_MS }) {
      const identityToken = randomBytes(32).toString('base64url');
      const kept = { terminalId, depositorId, expiresAt, agent: agent ? JSON.stringify(agent) : null, factors };
      await store.addToken({ tokenHash: hashOf(identityToken), ...kept });
      return { identityToken, state: stateOf(kept) };
    },
    async raise(terminalId, identityToken, { kind, at }) {
      await store.addFactor(hashOf(identityToken), kind, at);
      const raised = await read(terminalId, identityToken);
      return raised.ok ? ok(stateOf(raised.value)) : raised;
    },
    end: (identityToken) => store.endToken(hashOf(identityToken)),
  };
}

/** The token has 256 random bits: a plain hash keeps it from being read out of the store. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

function agentOf({ agent }: KeptToken): ActingAgent | undefined {
  if (agent === null) return undefined;
  return ActingAgent.parse(JSON.parse(agent));
}

/** Errors: E1207 the level does not reach, E1214 an agent whose authority does not cover the item. */
export function reaches(state: IdentityState, wanted: IdentityLevel, items: readonly string[]): Result<void> {
  if (!isAtLeast(state.level, wanted)) return fail('E1207', wanted);
  const { agent } = state;
  const covered = items.length === 0 || items.some((item) => agent?.items.includes(item));
  return agent && wanted !== 'L1' && !covered ? fail('E1214', items[0]) : ok();
}
