import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/**
 * The options of a command, as they were typed. `--help` shows the usage and ends the program well; what the command does
 * not know ends it with the usage and code 2, before anything has begun.
 */
export function commandLine<T extends ParseArgsOptionsConfig>(usage: string, options: T) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
    if ((values as { help?: boolean }).help !== true) return parseArgs({ options }).values;
  } catch (error) {
    return wrongUsage(usage, error instanceof Error ? error.message : String(error));
  }
  process.stdout.write(`${usage}\n`);
  return process.exit(0);
}

/** A whole number of at least `least`, as typed after `--name`. */
export function wholeNumber(usage: string, name: string, typed: string, least = 1): number {
  const value = Number(typed);
  if (typed.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  return wrongUsage(usage, `--${name} wants a whole number of at least ${least}, not "${typed}"`);
}

function wrongUsage(usage: string, why: string): never {
  process.stderr.write(`${why}\n\n${usage}\n`);
  return process.exit(2);
}
