import type { NeededMaterial, ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

export const AT_ONCE: Words = { zh: '当场办完', en: 'At once' };
/** Days from domain/city.ts are working days. */
export const THREE_DAYS: Words = {
  zh: '能自动核对的当场办完，其余 3 个工作日内',
  en: 'At once where rules can decide, otherwise within 3 working days',
};

export interface Row {
  readonly name: readonly [zh: string, en: string];
  readonly hint: readonly [zh: string, en: string];
  readonly group: 'look' | 'print' | 'apply' | 'ask';
  readonly order: number;
  readonly level: ServiceItem['level'];
  readonly offline: ServiceItem['offline'];
  readonly seconds: number;
  /** Among the few of the mode for older people, under this name. */
  readonly plain?: readonly [zh: string, en: string];
  readonly materials?: readonly NeededMaterial[];
  readonly timeLimit?: Words;
  /** 0.1.0 is the release that is in halls. */
  readonly since: '0.1.0' | '0.2.0';
}

const said = ([zh, en]: readonly [string, string]): Words => ({ zh, en });

export function item(id: string, kind: NonNullable<ServiceItem['kind']>, row: Row): ServiceItem {
  return {
    id,
    name: said(row.name),
    hint: said(row.hint),
    level: row.level,
    offline: row.offline,
    state: 'open',
    kind,
    group: row.group,
    order: row.order,
    estimateSeconds: row.seconds,
    suits: row.plain ? ['elderly'] : [],
    ...(row.plain ? { plainName: said(row.plain) } : {}),
    feeFen: 0,
    materials: [...(row.materials ?? [])],
    timeLimit: row.timeLimit ?? AT_ONCE,
    since: row.since,
  };
}
