import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Death, type KillPoint, dieAt } from './kill-points.ts';

/** A way to die that did not go as it must. */
export interface Broken {
  readonly point: KillPoint;
  readonly half: boolean;
  readonly what: string;
}

/** Dies at every point, by whole and by half steps, two lives at a time; tells what went wrong. */
export async function killAtAll(
  points: readonly KillPoint[],
  recorder: string,
  folder: string,
): Promise<{ readonly deaths: number; readonly broken: readonly Broken[] }> {
  const ways = points.flatMap((point) => (point.divisible ? [false, true] : [false]).map((half) => ({ point, half })));
  const queue = ways.values();
  const broken: Broken[] = [];
  const lane = async (lives: string) => {
    mkdirSync(lives, { recursive: true });
    for (const { point, half } of queue) {
      const what = wrongWith(
        await dieAt(point, half, { subject: point.subject, recorder, folder: join(lives, 'life') }),
      );
      if (what !== undefined) broken.push({ point, half, what });
    }
  };
  await Promise.all([lane(join(folder, 'lane-1')), lane(join(folder, 'lane-2'))]);
  return { deaths: ways.length, broken };
}

function wrongWith({ signal, code, said, problem }: Death): string | undefined {
  if (signal !== 'SIGKILL') return `was not killed there but ended with ${code ?? signal}: ${said}`;
  return problem;
}
