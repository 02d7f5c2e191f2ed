import { z } from 'zod';
import type { Words } from '@kiosk/contract/services/common.ts';
import { type WebRouteName, webRoutes } from '../../channels/contract.ts';
import { OutwardAnswerBody, OutwardQuestion } from '../../channels/outward/service.ts';
import { OUTWARD_EXAMPLE, WEB_EXAMPLES } from './examples-web.ts';
import type { RouteDoc } from './route.ts';

interface About {
  readonly summary: readonly [zh: string, en: string];
  readonly refusals: readonly string[];
}

const CORE = ['E3301', 'E3302', 'E3303'];

/** What the shapes do not say of a route; every one has words, or this does not compile. */
const ABOUT: Readonly<Record<WebRouteName, About>> = {
  sendLoginCode: { summary: ['向用户手机发登录验证码', 'A code to the phone of a user'], refusals: ['E1203', 'E2607'] },
  sendRegisterCode: {
    summary: ['首次登录：向预留手机发验证码', 'First time: a code to the phone on record'],
    refusals: ['E1203', 'E1205', 'E2607'],
  },
  signIn: {
    summary: ['凭验证码登录', 'Signs in with the code'],
    refusals: ['E1202', 'E1203', 'E1204', 'E2601', 'E2607'],
  },
  signOut: { summary: ['退出登录', 'Ends the session'], refusals: [] },
  myAccount: { summary: ['账户信息', 'Account'], refusals: ['E1205'] },
  myDetails: { summary: ['一段时间的明细', 'Entries of a period'], refusals: ['E1205'] },
  myDocuments: { summary: ['本人的证明与对账单', "The person's documents"], refusals: [] },
  showDocument: {
    summary: ['亮码：给别人扫的一次性地址', 'Shows a document to somebody who scans it'],
    refusals: ['E2606', 'E2612'],
  },
  cancelDocument: { summary: ['注销自己的证明', 'The holder takes a document back'], refusals: ['E2606', 'E2612'] },
  myCases: { summary: ['各渠道的办事进度', 'Cases of all channels'], refusals: [] },
  myCase: { summary: ['一件事的进度', 'One case'], refusals: ['E2606', 'E2607'] },
  handInPaper: {
    summary: ['补交材料的照片', 'Hands in a missing paper'],
    refusals: ['E2603', 'E2604', 'E2605', 'E2606', 'E2607', 'E2610'],
  },
  rate: { summary: ['评价一次服务', 'Rates a service'], refusals: ['E2606', 'E2608'] },
  myAppointments: { summary: ['本人的预约', 'Appointments'], refusals: [] },
  leave: {
    summary: ['留给终端或其他渠道接着办', 'Leaves what was begun for another channel'],
    refusals: ['E2605', 'E2607'],
  },
  takeUp: { summary: ['接着办在别处留下的', 'Goes on with what was left elsewhere'], refusals: ['E2602', 'E2607'] },
  ask: { summary: ['智能问答', 'Answers from the knowledge base'], refusals: ['E2607'] },
  topics: { summary: ['可以订阅的政策', 'Topics one may subscribe to'], refusals: [] },
  subscribe: { summary: ['订阅或退订', 'Subscribes, or no longer'], refusals: ['E2606'] },
  noticeSettings: { summary: ['收哪些短信提醒', 'Which notices are sent'], refusals: [] },
  setNotices: { summary: ['改提醒的种类和语言', 'Changes which notices, and their language'], refusals: ['E2606'] },
  myNews: { summary: ['推送给本人的消息', 'News pushed to the person'], refusals: [] },
  myCard: { summary: ['电子卡的一次性码', "The e-card's code of this minute"], refusals: [] },
  readCard: { summary: ['读电子卡，一次，遮盖', 'Reads an e-card, once, masked'], refusals: ['E2602', 'E2607'] },
  myConsents: { summary: ['本人给过的授权', 'Consents given'], refusals: [] },
  giveConsent: { summary: ['授权某部门查询某些字段', 'Allows a department certain fields'], refusals: ['E2606'] },
  withdrawConsent: { summary: ['收回授权', 'Takes a consent back'], refusals: ['E2606'] },
  unitChallenge: {
    summary: ['单位经办人证书登录：取待签文本', 'A text for a unit’s certificate to sign'],
    refusals: ['E2607', 'E2610'],
  },
  unitSignIn: { summary: ['单位经办人证书登录', 'Signs a unit’s clerk in'], refusals: ['E2607', 'E2610'] },
  unitOverview: { summary: ['单位缴存情况', 'How a unit stands'], refusals: ['E2609', 'E2610'] },
};
const SECURITY = { app: 'app', person: 'session', unit: 'unit' } as const;
const said = ([zh, en]: readonly [string, string]): Words => ({ zh, en });
const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** What stands in the path is no part of the body. */
function bodyOf(request: z.ZodType, named: readonly string[]): z.ZodType {
  if (!(request instanceof z.ZodObject) || named.length === 0) return request;
  return z.object(Object.fromEntries(Object.entries(request.shape).filter(([field]) => !named.includes(field))));
}

const OF_WEB = (Object.keys(webRoutes) as WebRouteName[]).map((name): RouteDoc => {
  const { auth, method, path, request, answer, item } = webRoutes[name];
  const named = [...path.matchAll(/:(\w+)/g)].map(([, field]) => field!);
  const { summary, refusals } = ABOUT[name];
  const example = WEB_EXAMPLES[name];
  return {
    operationId: `web${capital(name)}`,
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    tag: 'web',
    summary: said(summary),
    ...(item ? { description: { zh: `业务项 ${item}`, en: `Item ${item}` } } : {}),
    security: SECURITY[auth],
    ...(named.length > 0
      ? {
          parameters: named.map((field) => ({
            ...{ name: field, in: 'path', schema: z.string().max(60) },
            example: 'JZ20261121000042',
          })),
        }
      : {}),
    ...(method === 'POST' ? { request: bodyOf(request, named) } : {}),
    answer,
    refusals: [...refusals, 'E2607', ...(auth === 'app' ? [] : ['E2609']), ...CORE],
    gated: true,
    example,
  };
});

/** What other authorities ask, by department, purpose and field. */
const OF_OUTWARD: RouteDoc = {
  operationId: 'outwardAsk',
  method: 'POST',
  path: '/outward/v1/questions',
  tag: 'outward',
  summary: { zh: '其他部门按授权查询', en: 'Another authority asks what it may know' },
  description: {
    zh: '按部门、用途、字段授权；要求本人同意的字段没有同意就不给。每次回答先记录再发出。',
    en: 'Granted by department, purpose and field; what needs the person’s consent is withheld without it. Every answer is logged before it goes.',
  },
  security: 'department',
  request: OutwardQuestion,
  answer: OutwardAnswerBody,
  refusals: ['E2611', ...CORE],
  gated: false,
  example: OUTWARD_EXAMPLE,
};

/** Every route that other channels and authorities call, on the public listener. */
export const WEB_ROUTES: readonly RouteDoc[] = [...OF_WEB, OF_OUTWARD];
