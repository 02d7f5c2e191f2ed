import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import {
  type Algorithm,
  type KeyUse,
  type PadRequest,
  encryptedKey,
  eraseKey,
  macStep,
  masterComponent,
  sm4Mac,
} from '../../codec/zt598-commands.ts';
import type { Log } from '../../log.ts';
import { authenticate } from './jobs.ts';
import type { PadSetup, PadStep } from './state.ts';

/** One half of a master key, in the hands of one person. */
export interface KeyComponent {
  /** Name of the person in the list of technicians; the two must differ. */
  readonly by: string;
  /** 16 or 24 bytes, typed by that person. Overwritten with zeros when the call ends, however it ends. */
  readonly key: Uint8Array;
  /** First bytes of zeros under this component, hex, as printed on the person's letter. */
  readonly checkValue: string;
}

/** A key that comes encrypted under one that is in the pad already. */
export interface EncryptedKey {
  readonly algorithm: Algorithm;
  readonly under: number;
  readonly slot: number;
  readonly use: KeyUse;
  /** Hex, 16 bytes or, for 3DES, also 24. */
  readonly valueHex: string;
  readonly checkValue: string;
}

/**
 * Keys and MACs. A master key gets into the pad in two components by two people, or encrypted under a transport key; it
 * is never in this program as a whole. Every load ends with a compared check value; a key whose value differs is erased.
 * Errors: E1401, E1402 (refused by the pad, or check value wrong), E1403, E9001, E9002.
 */
export interface KeyManagement {
  /** 3DES only: the pads of this family have no command that joins SM4 components, so an SM4 master key comes encrypted. */
  loadMasterKey(
    key: {
      readonly slot: number;
      readonly components: readonly [KeyComponent, KeyComponent];
      readonly checkValue: string;
    },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<void>>;
  loadKey(key: EncryptedKey, options: { readonly signal: AbortSignal }): Promise<Result<void>>;
  /** x9.19: padded with zeros; pboc: with 80 and zeros; both 8 bytes in hex. sm4: CBC, padded like pboc, 16 bytes. */
  mac(
    request: { readonly slot: number; readonly algorithm: 'x9.19' | 'pboc' | 'sm4'; readonly data: Uint8Array },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<string>>;
}

interface PadLine {
  ask(steps: readonly PadStep[], signal: AbortSignal): Promise<Result<string>>;
  readonly setup: PadSetup;
  readonly log: Log;
  pinKeyLoaded(): void;
}

/** Bytes of one MAC command: a whole number of blocks, below the longest request. */
const MAC_CHUNK = 480;

export function keyManagement({ ask, setup, log, pinKeyLoaded }: PadLine): KeyManagement {
  const authenticated = (slot: number, request: PadRequest): readonly PadStep[] => [
    ...authenticate(setup, slot),
    { is: 'send', request },
  ];

  async function erase(slot: number, signal: AbortSignal): Promise<Result<never>> {
    await ask([{ is: 'send', request: eraseKey(slot) }], signal);
    log('warn', 'key with a wrong check value erased', { slot });
    return fail('E1402', 'check value wrong');
  }

  async function loadComponents(
    { slot, components, checkValue }: Parameters<KeyManagement['loadMasterKey']>[0],
    signal: AbortSignal,
  ): Promise<Result<void>> {
    for (const [i, component] of components.entries()) {
      const request = masterComponent(slot, i > 0, component.key);
      try {
        const result = await ask(authenticated(0, request), signal);
        if (!result.ok) return result;
        // Joined to the first one, a second component has no check value of its own in the pad.
        const expected = i > 0 ? checkValue : component.checkValue;
        if (!isSameCheckValue(result.value, expected)) return await erase(slot, signal);
      } finally {
        request.body.fill(0);
      }
    }
    log('info', 'master key loaded in components', { slot });
    return ok();
  }

  return {
    async loadMasterKey(key, { signal }) {
      const [first, second] = key.components;
      try {
        if (first.by === second.by) return fail('E1402', 'one person holds both components');
        if (first.key.length !== second.key.length || ![16, 24].includes(first.key.length)) {
          return fail('E1402', 'components have 16 or 24 bytes each');
        }
        return await loadComponents(key, signal);
      } finally {
        first.key.fill(0);
        second.key.fill(0);
      }
    },

    async loadKey({ algorithm, under, slot, use, valueHex, checkValue }, { signal }) {
      if (!/^([0-9A-F]{32}|[0-9A-F]{48})$/i.test(valueHex)) return fail('E1402', 'key has a wrong length');
      const request = encryptedKey(algorithm, under, slot, use, valueHex.toUpperCase());
      const steps = algorithm === 'sm4' ? [{ is: 'send', request } as const] : authenticated(under, request);
      const result = await ask(steps, signal);
      if (!result.ok) return result;
      if (!isSameCheckValue(result.value, checkValue)) return erase(slot, signal);
      log('info', 'key loaded', { slot, use, algorithm });
      if (use === 'pin') pinKeyLoaded();
      return ok();
    },

    async mac({ slot, algorithm, data }, { signal }) {
      if (algorithm === 'sm4') return sm4(slot, padded(data, 16, true), signal);
      return retail(slot, padded(data, 8, algorithm === 'pboc'), signal);
    },
  };

  /** X9.19: single DES over all blocks but the last, 3DES over that one. Longer data goes in chunks, chained by hand. */
  async function retail(slot: number, data: Uint8Array, signal: AbortSignal): Promise<Result<string>> {
    const lastBlock = data.length - 8;
    let chain: Uint8Array = new Uint8Array(8);
    for (let at = 0; at < lastBlock; at += MAC_CHUNK) {
      const chunk = chained(data.slice(at, Math.min(at + MAC_CHUNK, lastBlock)), chain);
      const result = await ask(authenticated(slot, macStep(slot, 'x9.9', chunk)), signal);
      if (!result.ok) return result;
      chain = Buffer.from(result.value, 'hex');
    }
    return ask(authenticated(slot, macStep(slot, 'cbc', chained(data.slice(lastBlock), chain))), signal);
  }

  async function sm4(slot: number, data: Uint8Array, signal: AbortSignal): Promise<Result<string>> {
    let result: Result<string> = ok('0'.repeat(32));
    // Twice as long on the line, where the data goes as hex.
    for (let at = 0; at < data.length && result.ok; at += MAC_CHUNK / 2) {
      const request = sm4Mac(slot, result.value, data.subarray(at, at + MAC_CHUNK / 2));
      result = await ask([{ is: 'send', request }], signal);
    }
    return result;
  }
}

/** Pads answer four or eight bytes, letters print three or four; the shorter one decides, but not below three. */
function isSameCheckValue(answered: string, expected: string): boolean {
  const length = Math.min(answered.length, expected.length);
  return length >= 6 && answered.slice(0, length).toUpperCase() === expected.slice(0, length).toUpperCase();
}

/** ISO 9797-1: method 1 adds zeros where they are needed, method 2 always adds 80 and then zeros. */
function padded(data: Uint8Array, block: number, method2: boolean): Uint8Array {
  const marked = method2 ? Buffer.concat([data, Buffer.of(0x80)]) : data;
  const blocks = Math.max(1, Math.ceil(marked.length / block));
  return Buffer.concat([marked], blocks * block);
}

function chained(data: Uint8Array, chain: Uint8Array): Uint8Array {
  return data.map((byte, i) => byte ^ (chain[i] ?? 0));
}
