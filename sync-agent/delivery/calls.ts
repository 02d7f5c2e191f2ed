import type { z } from 'zod';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { type PlatformRoutes, platformRoutes } from '@kiosk/contract/platform/api.ts';
import { enrolmentRoutes } from '@kiosk/contract/platform/enrolment.ts';
import { type Failed, answerFailure } from './classify.ts';
import type { Line } from './http.ts';

const routes = { ...platformRoutes, ...enrolmentRoutes };
type Routes = PlatformRoutes & typeof enrolmentRoutes;
type RouteRequest<R extends keyof Routes> = z.input<Routes[R]['request']>;
type RouteAnswer<R extends keyof Routes> = z.output<Routes[R]['answer']>;

export interface CallLimits {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Answered<T> {
  readonly value: T;
  readonly roundTripMs: number;
}

/** Calls one route of the platform. E31xx, or the code the platform refuses with; E3104 when the answer has another shape. */
export async function callPlatform<R extends keyof Routes>(
  line: Line,
  name: R,
  input: RouteRequest<R>,
  limits: CallLimits,
): Promise<Result<Answered<RouteAnswer<R>>, Failed>> {
  const route = routes[name];
  const query = route.method === 'GET' ? new URLSearchParams(input as Record<string, string>).toString() : '';
  const answer = await line.exchange({
    method: route.method,
    path: query === '' ? route.path : `${route.path}?${query}`,
    ...(route.method === 'POST' ? { body: input } : {}),
    ...limits,
  });
  if (!answer.ok) return answer;
  if (answer.value.status < 200 || answer.value.status > 299) return err(answerFailure(answer.value));
  const parsed = route.answer.safeParse(answer.value.json);
  if (!parsed.success) return err({ code: 'E3104', detail: `${name}: shape of the answer` });
  return ok({ value: parsed.data as RouteAnswer<R>, roundTripMs: answer.value.roundTripMs });
}
