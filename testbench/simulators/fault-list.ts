/** A fault that a simulator can be given, as the bench offers it. */
export interface FaultOffer {
  readonly kind: string;
  /** In words for whoever stands at the bench. */
  readonly name: string;
  /** What else the simulator's method `fault` must be told, e.g. at which page. */
  readonly details?: Readonly<Record<string, number>>;
}

/** Everything that can go wrong with one simulator: told when it is ready, so that no list of it exists elsewhere. */
export interface FaultList {
  readonly faults: readonly FaultOffer[];
  /** Steps of the device's work that a fault can be bound to, and what the method `fault` calls them. */
  readonly steps?: { readonly as: 'at' | 'during'; readonly names: readonly string[] };
}

/** The record has every kind of the simulator, or the compiler says which one is missing. */
export function offers<K extends string>(
  names: Readonly<Record<K, string>>,
  details?: Readonly<Partial<Record<K, Readonly<Record<string, number>>>>>,
): readonly FaultOffer[] {
  return (Object.keys(names) as K[]).map((kind) => {
    const more = details?.[kind];
    return { kind, name: names[kind], ...(more ? { details: more } : {}) };
  });
}
