/** One fault: what, at which step (absent: any), how often (absent: until cleared). */
export interface Fault<K extends string, S extends string> {
  readonly kind: K;
  readonly at?: S | undefined;
  readonly times?: number | undefined;
}

/** The faults that are due, counted down as they happen. */
export class Faults<K extends string, S extends string> {
  readonly #set: { kind: K; at: S | undefined; left: number }[] = [];

  add({ kind, at, times }: Fault<K, S>): void {
    this.#set.push({ kind, at, left: times ?? Infinity });
  }

  clear(): void {
    this.#set.length = 0;
  }

  /** Whether it happens now; if so it counts. */
  take(kind: K, step: S | undefined): boolean {
    const fault = this.#set.find(
      (set) => set.kind === kind && set.left > 0 && (set.at === undefined || set.at === step),
    );
    if (!fault) return false;
    fault.left--;
    return true;
  }
}
