import type { Span, Trace } from '../trace.ts';
import type { Transport } from './transport.ts';

/** Which bytes of a piece stand for a person; pieces that come in are cut anywhere. */
export interface Personal {
  readonly out: (bytes: Uint8Array) => readonly Span[] | 'all';
  readonly in: (bytes: Uint8Array) => readonly Span[] | 'all';
}

export const NOTHING_PERSONAL: Personal = { out: () => [], in: () => [] };
/** What comes is somebody's; what we ask is not. */
export const ANSWERS_PERSONAL: Personal = { out: () => [], in: () => 'all' };
export const ALL_PERSONAL: Personal = { out: () => 'all', in: () => 'all' };

/** The same place, with everything that goes over the line told to the trace. */
export function traced(transport: Transport, trace: Trace | undefined, personal: Personal): Transport {
  if (!trace) return transport;
  const { useBaudRate, onAppeared } = transport;
  return {
    place: transport.place,
    get isOpen() {
      return transport.isOpen;
    },
    ...(useBaudRate ? { useBaudRate: (baudRate: number) => transport.useBaudRate?.(baudRate) } : {}),
    ...(onAppeared ? { onAppeared: (listener: () => void) => onAppeared.call(transport, listener) } : {}),
    open: () => transport.open(),
    write(bytes) {
      trace('out', bytes, personal.out(bytes));
      return transport.write(bytes);
    },
    isPresent: () => transport.isPresent(),
    onData: (listener) =>
      transport.onData((chunk) => {
        trace('in', chunk, personal.in(chunk));
        listener(chunk);
      }),
    onClosed: (listener) => transport.onClosed(listener),
    close: () => transport.close(),
  };
}
