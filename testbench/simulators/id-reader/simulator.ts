import { join } from 'node:path';
import type { Simulator } from '../process.ts';
import { Pty } from '../pty.ts';
import { type ModuleOptions, ReaderModule } from './module.ts';

export type { Fault } from './module.ts';

export interface IdReaderOptions extends ModuleOptions {
  /** Folder in which the port appears, as `id-reader`. */
  readonly dir: string;
}

/** A reader on a serial port. Events and methods: module.ts. */
export async function startIdReader(
  options: IdReaderOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const pty = new Pty(join(options.dir, 'id-reader'), (chunk) => module_.hear(chunk));
  const module_ = new ReaderModule(options, pty, emit);
  await pty.listen();
  await pty.plug();
  return { ready: { port: pty.port }, methods: module_.methods, stop: () => pty.close() };
}
