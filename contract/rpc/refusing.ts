import { fail } from '../kernel/result.ts';
import type { ServiceSpec } from '../kernel/service.ts';
import type { Handlers } from './server.ts';

/** Handlers that refuse every command with `code`: what a fake of a service starts from. */
export function refusing<S extends ServiceSpec>(spec: S, code = 'E9006'): Handlers<S> {
  const refuse = () => Promise.resolve(fail(code));
  return Object.fromEntries(Object.keys(spec.commands).map((name) => [name, refuse])) as unknown as Handlers<S>;
}
