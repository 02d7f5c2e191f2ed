import { maskPhone } from '@kiosk/domain/masking.ts';
import type { SmsProvider } from '../channels/sms/provider.ts';
import type { IdentityStore } from '../store/store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';

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

export function localOutbox(store: IdentityStore, vault: Vault, now: () => number): LocalOutbox {
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
