// Reporter for `node --test` that turns its event stream into one line of JSON per test, for tools/test/run-suite.ts.

import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/** What one suite's process tells about its tests. */
export type Report =
  | { readonly kind: 'passed'; readonly file: string; readonly name: string }
  | { readonly kind: 'failed'; readonly file: string; readonly name: string; readonly error: string }
  | { readonly kind: 'skipped'; readonly file: string; readonly name: string; readonly reason: string }
  | { readonly kind: 'output'; readonly file: string; readonly text: string }
  /** A test or group of a file's own level ended. */
  | { readonly kind: 'took'; readonly file: string; readonly ms: number };

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const ancestors: string[] = [];
  for await (const event of source) {
    for (const line of [...reportsOf(event, ancestors), ...timesOf(event)]) yield `${JSON.stringify(line)}\n`;
  }
}

/** `ancestors[n]` is the name of the test at nesting n that began last; kept by the caller between events. */
export function reportsOf(event: TestEvent, ancestors: string[]): Report[] {
  switch (event.type) {
    case 'test:start':
      ancestors.length = event.data.nesting;
      ancestors.push(event.data.name);
      return [];
    case 'test:stdout':
    case 'test:stderr':
      return [{ kind: 'output', file: event.data.file ?? '', text: event.data.message }];
    case 'test:pass': {
      const { details, skip, todo } = event.data;
      const place = placeOf(event.data, ancestors);
      if (details.type === 'suite') return [];
      if (isFile(event.data)) return [{ ...place, kind: 'failed', error: 'the file holds no test' }];
      if (skip !== undefined) return [{ ...place, kind: 'skipped', reason: reasonOf(skip, 'skipped') }];
      if (todo !== undefined) return [{ ...place, kind: 'skipped', reason: reasonOf(todo, 'to do') }];
      return [{ ...place, kind: 'passed' }];
    }
    case 'test:fail': {
      const error = event.data.details.error as Error & { failureType?: string };
      // A parent that failed only because a child did: the child has been reported.
      if (error.failureType === 'subtestsFailed') return [];
      return [{ ...placeOf(event.data, ancestors), kind: 'failed', error: describe(error) }];
    }
    default:
      return [];
  }
}

function timesOf({ type, data }: TestEvent): Report[] {
  if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting > 0) return [];
  return [{ kind: 'took', file: data.file ?? '', ms: data.details.duration_ms }];
}

interface Place {
  readonly name: string;
  readonly file?: string | undefined;
  readonly nesting: number;
}

function placeOf(data: Place, ancestors: readonly string[]): { file: string; name: string } {
  return { file: data.file ?? '', name: [...ancestors.slice(0, data.nesting), data.name].join(' › ') };
}

/** node:test reports a file itself as a test when it holds none, or when it fails outside its tests. */
function isFile(data: Place): boolean {
  return data.nesting === 0 && data.file !== undefined && data.file.endsWith(data.name);
}

function reasonOf(given: string | boolean, otherwise: string): string {
  return typeof given === 'string' && given !== '' ? given : otherwise;
}

function describe(error: Error): string {
  const cause = error.cause ?? error;
  return inspect(cause, { depth: 5 });
}
