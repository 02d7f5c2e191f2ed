import type { ArrivedRequest, Message } from './platform-desk.ts';

/** What the page shows; pushed whole on every change. */
export interface BenchState {
  readonly people: readonly { readonly key: string; readonly name: string; readonly note: string }[];
  readonly cardOnReader: string | null;
  readonly link: string;
  readonly faults: Readonly<Record<string, readonly string[]>>;
  readonly programs: readonly {
    readonly name: string;
    readonly pid: number | null;
    readonly starts: number;
    readonly state: string;
  }[];
  readonly messages: readonly Message[];
  readonly requests: readonly ArrivedRequest[];
  readonly jobs: readonly {
    readonly id: number;
    readonly state: string;
    readonly pages: number;
    readonly printed: number;
  }[];
  readonly slips: readonly { readonly index: number; readonly svg: string }[];
  readonly places: readonly { readonly name: string; readonly url: string }[];
}
