import { StreamName } from '@kiosk/contract/journal/entry.ts';

/** The same statement (or whatever is made of it) once for each stream: every stream has a table of its own. */
export function forEachStream<T>(make: (stream: StreamName) => T): Readonly<Record<StreamName, T>> {
  return Object.fromEntries(StreamName.options.map((stream) => [stream, make(stream)])) as Record<StreamName, T>;
}
