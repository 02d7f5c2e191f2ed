import { maskPhone } from '@kiosk/domain/masking.ts';
import type { IdentityStore } from '../store/store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';

/** Whoever carries a short message to a phone: a city's SMS gateway, or the local outbox. */
export interface MessageProvider {
  send(message: { readonly phone: string; readonly text: string; readonly at: number }): Promise<void>;
}

export interface OutboxMessage {
  readonly id: number;
  readonly at: number;
  readonly phoneMasked: string;
  readonly text: string;
}

/** Delivers to a table instead of a phone. It keeps the text with the code in it, and so belongs to a synthetic city only. */
export interface LocalOutbox extends MessageProvider {
  /** Newest first. */
  messages(): Promise<readonly OutboxMessage[]>;
}

const CONTEXT = 'sms';

export function localOutbox(store: IdentityStore, vault: Vault): LocalOutbox {
  return {
    async send({ phone, text, at }) {
      await store.addMessage({ at, phoneMasked: maskPhone(phone), text: sealJson(vault, CONTEXT, text) });
    },
    async messages() {
      const rows = await store.messages();
      return rows.map((row) => ({ ...row, text: String(openJson(vault, CONTEXT, row.text)) }));
    },
  };
}
