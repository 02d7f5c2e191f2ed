/**
 * An expected failure is a value, a bug is a crash.
 * Functions whose failure the caller must handle return a Result; they throw only for programming errors.
 */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/**
 * What went wrong, in the words of the error catalogue.
 * `code` is a key of the catalogue (E4102); `detail` is for the technician's log and never holds personal data.
 */
export interface Failure {
  readonly code: string;
  readonly detail?: string | undefined;
}

export function ok(): Result<void, never>;
export function ok<T>(value: T): Result<T, never>;
export function ok<T>(value?: T): Result<T | undefined, never> {
  return { ok: true, value };
}

export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

export function fail(code: string, detail?: string): Result<never, Failure> {
  return { ok: false, error: { code, detail } };
}
