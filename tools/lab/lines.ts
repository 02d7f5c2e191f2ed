// What the machine says over its serial console, and what the checks made of it. An exit code does not come out of the
// machine, so a line with a mark does.

export const MARK = '@lab ';

/** Told before the first check; every check in it must be heard of again. */
export interface Plan {
  readonly plan: readonly { readonly id: string; readonly title: string }[];
}

export interface CheckResult {
  readonly id: string;
  readonly result: 'PASS' | 'FAIL' | 'NOT RUN';
  /** What was seen, or why not. */
  readonly detail: string;
  readonly seconds: number;
}

export interface LabCheck extends CheckResult {
  readonly title: string;
}

export function markedLine(message: Plan | CheckResult): string {
  return `${MARK}${JSON.stringify(message)}`;
}

/**
 * Every check of the plan with its result; a check that the machine was silent about failed. Without a plan the
 * laboratory itself failed, and the end of the console is the reason.
 */
export function gather(console: string): LabCheck[] {
  const messages = readable(console).flatMap(parse);
  const plan = messages.find((message) => 'plan' in message)?.plan;
  if (!plan) {
    const detail = `the machine never came to its checks; the end of its console:\n${lastLines(console)}`;
    return [{ id: 'machine', title: 'the laboratory machine starts', result: 'FAIL', detail, seconds: 0 }];
  }
  return plan.map(({ id, title }) => {
    const result = messages.find((message): message is CheckResult => 'result' in message && message.id === id);
    if (result) return { ...result, title };
    const detail = `the machine ended before this check did; the end of its console:\n${lastLines(console)}`;
    return { id, title, result: 'FAIL', detail, seconds: 0 };
  });
}

export function lineOf({ id, title, result, detail, seconds }: LabCheck): string {
  const head = `${result.padEnd(8)}${id.padEnd(14)}${title} (${seconds.toFixed(1)} s)`;
  return detail === '' ? head : `${head}\n${detail.replaceAll(/^/gm, ' '.repeat(22))}`;
}

/** The console brings carriage returns and, from the firmware, zeros. */
function readable(console: string): string[] {
  return console.replaceAll(/[\0\r]/g, '').split('\n');
}

/** The kernel may have begun the line. */
function parse(line: string): (Plan | CheckResult)[] {
  const at = line.indexOf(MARK);
  if (at < 0) return [];
  try {
    return [JSON.parse(line.slice(at + MARK.length)) as Plan | CheckResult];
  } catch {
    // Torn by a message of the kernel: the check then counts as never heard of.
    return [];
  }
}

function lastLines(console: string): string {
  return readable(console)
    .filter((line) => line.trim() !== '')
    .slice(-25)
    .join('\n');
}

/** What to say to somebody who names a check that is none; undefined: all of them are. */
export function unknownChecks(wanted: readonly string[], known: readonly string[]): string | undefined {
  const strange = wanted.filter((id) => !known.includes(id));
  if (strange.length === 0) return undefined;
  return `no check of that name: ${strange.join(', ')}\nthere are: ${known.join(', ')}\n`;
}
