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
