import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One command of a service. Every command answers exactly once: done, or failed with a code of the catalogue. */
export interface CommandSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Sent zero or more times between acknowledgement and completion. */
  readonly progress?: z.ZodType;
  /** How long a caller waits when it names no deadline of its own, in ms. */
  readonly deadlineMs: number;
}

/**
 * A service between two programs of one machine, as one value: the typed client, the handler type and the reference
 * page all come from it. The snapshot is pushed whole whenever it changes, so nobody polls.
 */
export interface ServiceSpec {
  readonly name: string;
  readonly snapshot: z.ZodType;
  readonly events: Readonly<Record<string, z.ZodType>>;
  readonly commands: Readonly<Record<string, CommandSpec>>;
}

export function defineService<const S extends ServiceSpec>(spec: S): S {
  return spec;
}

export type CommandName<S extends ServiceSpec> = keyof S['commands'] & string;
export type EventName<S extends ServiceSpec> = keyof S['events'] & string;
export type Input<S extends ServiceSpec, C extends CommandName<S>> = z.input<S['commands'][C]['input']>;
export type ParsedInput<S extends ServiceSpec, C extends CommandName<S>> = z.output<S['commands'][C]['input']>;
export type Output<S extends ServiceSpec, C extends CommandName<S>> = z.output<S['commands'][C]['output']>;
export type Progress<S extends ServiceSpec, C extends CommandName<S>> = S['commands'][C] extends {
  progress: infer P extends z.ZodType;
}
  ? z.output<P>
  : never;
export type Snapshot<S extends ServiceSpec> = z.output<S['snapshot']>;
export type EventPayload<S extends ServiceSpec, E extends EventName<S>> = z.output<S['events'][E]>;

/**
 * Fingerprint of everything both ends must agree on. Compared in the hello, so that programs of two releases refuse
 * each other with a clear code instead of misreading one another.
 */
export function contractHash(spec: ServiceSpec): string {
  const shape = {
    name: spec.name,
    snapshot: jsonSchema(spec.snapshot),
    events: mapValues(spec.events, jsonSchema),
    commands: mapValues(spec.commands, (c) => ({
      input: jsonSchema(c.input),
      output: jsonSchema(c.output),
      progress: c.progress ? jsonSchema(c.progress) : null,
    })),
  };
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32);
}

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (a: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
