/** What of a heartbeat the fleet is counted and sorted by. */
export interface TerminalSummary {
  /** fault: something stands still. warning: somebody should come before it does. */
  readonly condition: 'fine' | 'warning' | 'fault';
  readonly programVersion: string | null;
  readonly catalogue: number | null;
  readonly parameters: number | null;
  readonly command: number | null;
}

interface Beat {
  readonly programVersion?: string;
  readonly applied?: { readonly catalogue?: number; readonly parameters?: number; readonly command?: number };
  readonly refused?: unknown;
  readonly devices?: readonly {
    readonly state?: string;
    readonly warnings?: readonly string[];
    readonly supplies?: readonly { readonly kind?: string; readonly level?: string }[];
  }[];
}

/** Of a heartbeat as it came (contract/platform): checked at the gate, read leniently here, for old ones lie in the store. */
export function summaryOf(heartbeat: unknown): TerminalSummary {
  const { programVersion, applied, refused, devices = [] } = (heartbeat ?? {}) as Beat;
  const levels = devices
    .flatMap(({ supplies = [] }) => supplies)
    .flatMap(({ kind, level }) => (kind === 'paper' || kind === 'toner' ? [level] : []));
  const fault = devices.some(({ state }) => state === 'fault' || state === 'offline') || levels.includes('out');
  const warning =
    refused !== undefined || levels.includes('low') || devices.some(({ warnings = [] }) => warnings.length > 0);
  return {
    condition: fault ? 'fault' : warning ? 'warning' : 'fine',
    programVersion: programVersion ?? null,
    catalogue: applied?.catalogue ?? null,
    parameters: applied?.parameters ?? null,
    command: applied?.command ?? null,
  };
}
