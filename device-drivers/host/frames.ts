/** Where an unexpected error happened. Its message stays out of the log: it may quote what it failed on. */
export function frames(error: unknown): string {
  if (!(error instanceof Error)) return 'no stack';
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim())
    .join(' ');
}
