import { maskPhone } from '@kiosk/domain/masking.ts';
import type { IdentityStore } from '../../store/store.ts';
import { openJson, sealJson, type Vault } from '../../vault.ts';

/**
 * Whoever carries a short message to a phone: a city's SMS gateway, or the local outbox. `sent`: taken, a receipt comes later.
 * A fault is tried again unless it is final (the number does not exist). It throws only for bugs, which count as faults.
 */
export interface SmsProvider {
  send(message: {
    readonly id: number;
    readonly phone: string;
    readonly text: string;
    readonly template: string;
  }): Promise<{ readonly state: 'sent' | 'delivered' } | { readonly fault: string; readonly final?: boolean }>;
}

export interface OutboxMessage {
  readonly id: number;
  readonly at: number;
  readonly phoneMasked: string;
  readonly text: string;
}

/** Delivers to a table instead of a phone. It keeps the text with the code in it, and so belongs to a synthetic city only. */
export interface LocalOutbox extends SmsProvider {
  /** Newest first. */
  messages(): Promise<readonly OutboxMessage[]>;
}

const CONTEXT = 'sms';

export function localOutbox(
  store: Pick<IdentityStore, 'addMessage' | 'messages'>,
  vault: Vault,
  now: () => number,
): LocalOutbox {
  return {
    async send({ phone, text }) {
      await store.addMessage({ at: now(), phoneMasked: maskPhone(phone), text: sealJson(vault, CONTEXT, text) });
      return { state: 'delivered' };
    },
    async messages() {
      const rows = await store.messages();
      return rows.map((row) => ({ ...row, text: String(openJson(vault, CONTEXT, row.text)) }));
    },
  };
}
