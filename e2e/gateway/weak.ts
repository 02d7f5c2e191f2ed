import type { WeakBuild } from '../hostile/weak.ts';

/** Deliberately weak gateways: what the campaign of bad input has to notice. */
export const WEAK_GATEWAYS: readonly WeakBuild[] = [
  {
    name: 'shapes of requests are not checked',
    room: 'central-platform',
    patches: [
      {
        file: 'gateway/routes.ts',
        from: `          if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
          const release = await passed`,
        to: `          if (!asked.success) Object.assign(asked, { data: sent });
          const release = await passed`,
      },
    ],
  },
  {
    name: 'a refusal repeats the value that was wrong',
    room: 'central-platform',
    patches: [
      {
        file: 'gateway/routes.ts',
        from: `          if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
          const release = await passed`,
        to: `          if (!asked.success) return refuse(reply, { code: 'E9005', detail: JSON.stringify(sent) ?? '' });
          const release = await passed`,
      },
    ],
  },
  {
    name: 'the log tells the address as it came',
    room: 'central-platform',
    patches: [
      {
        file: 'gateway/server.ts',
        from: "`${request.method} ${request.routeOptions.url ?? '(unknown)'}`",
        to: '`${request.method} ${decodeURIComponent(request.raw.url ?? "")}`',
      },
    ],
  },
  {
    name: 'refusals come with another status than the document says',
    room: 'central-platform',
    patches: [{ file: 'gateway/refusal.ts', from: 'E9005: 400,', to: 'E9005: 422,' }],
  },
  {
    name: 'a folded body may unfold to anything',
    room: 'central-platform',
    patches: [{ file: 'gateway/unzip.ts', from: 'maxOutputLength: most', to: 'maxOutputLength: 2 ** 30' }],
  },
  {
    name: 'what a person sends may be of any size',
    room: 'central-platform',
    patches: [{ file: 'gateway/routes.ts', from: 'const TALK_LIMIT = 64 * 1024;', to: 'const TALK_LIMIT = 2 ** 30;' }],
  },
];
