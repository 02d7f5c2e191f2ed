import type { Result } from '@kiosk/contract/kernel/result.ts';

/**
 * Why bytes cannot flow. absent: nothing of that name or nobody listening; held: another program has it; closed: not
 * open, or lost while in use; failed: the operating system reported something else. Drivers turn it into their own
 * catalogue code; `detail` is for the technician.
 */
export interface TransportFailure {
  readonly reason: 'absent' | 'held' | 'closed' | 'failed';
  readonly detail: string;
}

/**
 * Bytes to and from a device. One Transport stands for one place (a serial port, an address) and may be opened again
 * after it was closed; every open() builds a new port or socket underneath, so nothing of an old connection survives.
 */
export interface Transport {
  /** The place, for logs: `/dev/serial/by-id/…`, `tcp://127.0.0.1:9100`. */
  readonly place: string;
  readonly isOpen: boolean;
  /** The speed of the line from the next open() on; absent where a place has no speed of its own. */
  useBaudRate?(baudRate: number): void;
  /** The bus said that a device of this kind was plugged in; absent where no bus says so. Returns the way to stop. */
  onAppeared?(listener: () => void): () => void;
  /** Opening what is open is a programming error. */
  open(): Promise<Result<void, TransportFailure>>;
  /** Done when the operating system took the bytes. Refused when not open, never kept for later. */
  write(bytes: Uint8Array): Promise<Result<void, TransportFailure>>;
  /**
   * Whether the place itself is there, asked of a second source (the file system, not the connection). `undefined`
   * where nothing but the connection can tell, as for a TCP address.
   */
  isPresent(): Promise<boolean | undefined>;
  /** Chunks in order, cut anywhere. Attach before open(). Returns the way to stop listening. */
  onData(listener: (chunk: Uint8Array) => void): () => void;
  /** Lost without close(). Once per connection; may never come for an unplugged serial port, so do not rest on it. */
  onClosed(listener: (failure: TransportFailure) => void): () => void;
  /** Done when the operating system let go. Closing what is closed does nothing. */
  close(): Promise<void>;
}
