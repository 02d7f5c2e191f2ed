import { readSecret } from '@kiosk/tools/provision/terminal.ts';
import type { Stack } from '@kiosk/tools/dev/stack.ts';

export interface ArrivedRequest {
  readonly requestNumber: string;
  readonly item: string;
  readonly topicId: string;
  readonly level: string;
  readonly offline: boolean;
  readonly operationId: string;
  readonly form: { readonly branchId?: string; readonly date?: string; readonly half?: string };
  readonly person: {
    readonly name: string | null;
    readonly idNumber: string | null;
    readonly phone: string | null;
  } | null;
}

export interface IssuedRecord {
  readonly documentNumber: string;
  readonly state: string;
  readonly prints: readonly unknown[] | number;
}

interface TerminalRecord {
  readonly streams: readonly { readonly stream: string; readonly durableUpTo: number }[];
}

/** The centre's staff at their management system, asked for what arrived. undefined: the platform does not answer. */
export class Management {
  readonly #stack: Stack;
  readonly #token: string;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#token = readSecret(stack.installation.managementTokenFile);
  }

  requests = () => this.#read<ArrivedRequest[]>('requests');
  documents = () => this.#read<IssuedRecord[]>('documents');
  quarantine = () => this.#read<unknown[]>('quarantine');
  /** Alarms of the gateway: forks, gaps, replaced keys. */
  events = () => this.#read<{ code: string; detail?: string }[]>('events');

  /** How far each stream of the terminal is durable at the platform. */
  async durable(): Promise<Readonly<Record<string, number>> | undefined> {
    const [terminal] = (await this.#read<TerminalRecord[]>('terminals')) ?? [];
    return terminal && Object.fromEntries(terminal.streams.map(({ stream, durableUpTo }) => [stream, durableUpTo]));
  }

  async #read<T>(what: string): Promise<T | undefined> {
    const answer = await fetch(new URL(`/management/${what}`, this.#stack.publicUrl), {
      headers: { authorization: `Bearer ${this.#token}` },
    }).catch(() => undefined); // The platform may be the very program that was just killed.
    return answer?.ok ? ((await answer.json()) as T) : undefined;
  }
}
