import type { Words } from '@kiosk/contract/services/common.ts';
import type { z } from 'zod';

/** One route as an integrator reads it. The document and the page are made of these. */
export interface RouteDoc {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it: /v1/streams/{stream}/head. */
  readonly path: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: Words;
  readonly description?: Words;
  /** none: over TLS without a client certificate. app, session, unit, department: on the public listener, by keys. */
  readonly security: 'certificate' | 'none' | 'app' | 'session' | 'unit' | 'department';
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly schema: z.ZodType;
    readonly example: string;
  }[];
  /** Absent: no body. */
  readonly request?: z.ZodType;
  readonly answer: z.ZodType;
  /** 409 with a body of its own. */
  readonly conflict?: { readonly schema: z.ZodType; readonly codes: readonly string[] };
  /** Codes of the error catalogue this route alone may answer with; every route has those of `COMMON_REFUSALS` besides. */
  readonly refusals: readonly string[];
  /** It passes the gates of the management system. */
  readonly gated: boolean;
  readonly example: { readonly request?: unknown; readonly answer?: unknown };
}

export const TAGS = {
  session: { zh: '当面服务：一个人站在终端前', en: 'While a person is served' },
  journal: { zh: '日志投递：送达即落盘', en: 'Delivery of the journal' },
  terminal: { zh: '终端状态与下发', en: 'State of a terminal and what comes down to it' },
  reconciliation: { zh: '对账', en: 'Reconciliation' },
  enrolment: { zh: '终端登记与证书', en: 'Enrolment and certificates' },
  web: {
    zh: '其他渠道：网厅、应用、小程序、政务平台（公共端口）',
    en: 'Other channels: web hall, app, mini program (public listener)',
  },
  outward: { zh: '对外数据服务（公共端口）', en: 'Data for other authorities (public listener)' },
} as const satisfies Record<string, Words>;
