import { StreamName } from '@kiosk/contract/journal/stream.ts';
import { platformRoutes, type PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { enrolmentRoutes } from '@kiosk/contract/platform/enrolment.ts';
import { Batch, BatchConflict, BatchReceipt, StreamHead, StreamPage } from '@kiosk/contract/platform/ingest.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import { GATED } from '../gates/routes.ts';
import { BATCH, EXAMPLES, PAGE, STANDING } from './examples.ts';
import type { RouteDoc } from './route.ts';

type About = Pick<RouteDoc, 'tag' | 'summary' | 'refusals'> & { readonly description?: Words };

const IDENTITY_ENDED = ['E1205', 'E1206'];
/** The core does not answer, is too slow, or contradicts itself. */
const CORE = ['E3301', 'E3302', 'E3303'];
const COMPOSING = ['E2606', 'E5203', 'E5207', 'E5208', 'E5209', 'E5210', 'E5217'];

/** What the shapes of the contract do not say. A test sees to it that no route is left out. */
const ABOUT: { readonly [R in keyof PlatformRoutes]?: About } = {
  heartbeat: {
    tag: 'terminal',
    summary: { zh: '心跳：设备、待送、已应用的版本', en: 'Heartbeat: devices, what waits, what is applied' },
    description: {
      zh: '回答给出中心时间；时钟相差超过 120 秒时另附 E3113。',
      en: "The answer tells the centre's time, and E3113 when the clocks differ by more than 120 s.",
    },
    refusals: [],
  },
  downlink: {
    tag: 'terminal',
    summary: { zh: '取已签名的目录、参数与命令', en: 'Signed catalogue, parameters and commands' },
    refusals: [],
  },
  sendCode: {
    tag: 'session',
    summary: { zh: '第一要素相符后向预留手机发验证码', en: 'Checks the card and sends a code to the phone on record' },
    refusals: ['E1104', 'E1105', 'E1203', 'E1204', 'E1205'],
  },
  checkCode: {
    tag: 'session',
    summary: {
      zh: '核对验证码，得到本次会话的身份令牌',
      en: 'Checks the code; gives the identity token of this session',
    },
    refusals: ['E1206', 'E1209', 'E1202', 'E1203'],
  },
  prove: {
    tag: 'session',
    summary: { zh: '核验一个要素，得到或提升身份令牌', en: 'One factor: gives an identity token or raises it' },
    description: {
      zh: '五种要素：身份证、短信验证码、银行卡密码（PIN 块由银行核验）、应用二维码、人脸（只送分数和同意时间）。后一要素必须是同一人。',
      en: 'Five kinds: ID card, SMS code, bank card with PIN (the block is opened by the bank), code of the app, face (only a score and the moment of consent). A further factor has to be of the same person.',
    },
    refusals: [
      ...['E1104', 'E1105', 'E1202', 'E1203', 'E1205', 'E1206', 'E1208', 'E1209', 'E1210', 'E1211', 'E1212', 'E1213'],
      ...['E1215', 'E3501', 'E3503', 'E3506'],
    ],
  },
  requestCode: {
    tag: 'session',
    summary: { zh: '向已识别的人的预留手机发验证码', en: 'Sends a code to the phone of whoever is identified' },
    refusals: ['E1203', 'E1204', 'E1206'],
  },
  bankCardTerms: {
    tag: 'session',
    summary: {
      zh: '这张银行卡能否验密、密码键盘如何加密',
      en: "Whether a bank card's PIN can be checked, and how it is sealed",
    },
    refusals: ['E1211', 'E3501'],
  },
  identityState: {
    tag: 'session',
    summary: { zh: '令牌现在的级别和要素', en: 'Level and factors of a token now' },
    refusals: ['E1206'],
  },
  actFor: {
    tag: 'session',
    summary: { zh: '代办：凭电子授权或授权书为他人办理', en: 'An agent goes on for somebody, by e-consent or paper' },
    refusals: ['E1104', 'E1105', 'E1205', 'E1206', 'E1208', 'E1214'],
  },
  authorise: {
    tag: 'session',
    summary: { zh: '授权他人代办，得到授权码', en: 'Lets somebody act; gives the code of the consent' },
    refusals: ['E1104', 'E1206', 'E1207', 'E1214'],
  },
  authorisations: {
    tag: 'session',
    summary: { zh: '本人给出的授权', en: 'Consents somebody gave' },
    refusals: ['E1206', 'E1207', 'E1214'],
  },
  withdrawAuthorisation: {
    tag: 'session',
    summary: { zh: '撤回一项授权', en: 'Withdraws a consent' },
    refusals: ['E1206', 'E1207', 'E1214'],
  },
  endIdentity: {
    tag: 'session',
    summary: { zh: '会话结束，令牌作废', en: 'The session ends, and its token with it' },
    refusals: [],
  },
  account: {
    tag: 'session',
    summary: { zh: '账户信息', en: 'Account overview' },
    refusals: [...IDENTITY_ENDED, 'E3304'],
  },
  accounts: {
    tag: 'session',
    summary: { zh: '名下全部账户', en: 'All accounts of the person' },
    refusals: IDENTITY_ENDED,
  },
  history: {
    tag: 'session',
    summary: { zh: '开户以来的全部明细，分页', en: 'The whole history in pages' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  interest: {
    tag: 'session',
    summary: { zh: '一个年度的结息，逐段说明', en: "A fund year's interest, stretch by stretch" },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  loans: { tag: 'session', summary: { zh: '贷款信息', en: 'Loans' }, refusals: [...IDENTITY_ENDED, ...CORE] },
  loanPlan: {
    tag: 'session',
    summary: { zh: '还款计划', en: 'What is still to be paid' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  loanHistory: {
    tag: 'session',
    summary: { zh: '还款明细', en: 'What was paid' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  earlyRepaymentTrial: {
    tag: 'session',
    summary: { zh: '提前还款试算：缩短期限与减少月供', en: 'Trial of an early repayment, both ways' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  withdrawalReasons: {
    tag: 'session',
    summary: { zh: '可办理的提取原因', en: 'Reasons of withdrawal that are open' },
    refusals: IDENTITY_ENDED,
  },
  withdrawalCheck: {
    tag: 'session',
    summary: { zh: '可提取额测算，附规则', en: 'What may be withdrawn, and by which rules' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3304'],
  },
  details: {
    tag: 'session',
    summary: { zh: '缴存与提取明细', en: 'Deposits and withdrawals of a period' },
    refusals: [...IDENTITY_ENDED, 'E3304', 'E5203'],
  },
  confirmRequest: {
    tag: 'session',
    summary: { zh: '提交前确认并签名（三级核验）', en: 'Confirms a request before it is submitted (level 3)' },
    description: {
      zh: '身份须在限定时间内核验过。按操作编号幂等；换了内容则拒绝（E2703）。',
      en: 'The identification has to be recent. Idempotent by the operation; other content is refused (E2703).',
    },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E2701', 'E2703'],
  },
  requestOutcome: {
    tag: 'session',
    summary: {
      zh: '刚提交的申请办得怎样（最多等 5 秒）',
      en: 'What became of a request that was just submitted (waits 5 s at most)',
    },
    refusals: [...IDENTITY_ENDED, ...CORE],
  },
  completeIdentity: {
    tag: 'session',
    summary: { zh: '为待补身份核验的申请补上确认', en: 'Confirms a request that waits for its identity' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E2701', 'E2703', 'E2606'],
  },
  progress: {
    tag: 'session',
    summary: { zh: '各渠道的办事进度', en: 'Where the cases of all channels stand' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E9005'],
  },
  branchesNow: {
    tag: 'session',
    summary: { zh: '各网点现在的排队和终端', en: 'Queues and terminals of the branches now' },
    refusals: ['E9006'],
  },
  consents: {
    tag: 'session',
    summary: { zh: '本人对外部门的授权', en: 'Consents of the person to offices outside' },
    refusals: [...IDENTITY_ENDED, ...CORE],
  },
  appointmentSlots: {
    tag: 'session',
    summary: { zh: '各网点还可预约的时段', en: 'Appointments still to be had at the branches' },
    refusals: ['E9006'],
  },
  sendContactCode: {
    tag: 'session',
    summary: { zh: '向新手机号发验证码', en: 'Sends a code to a new phone number' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E1203', 'E2702'],
  },
  checkContactCode: {
    tag: 'session',
    summary: { zh: '核对新手机号收到的验证码', en: 'Checks the code a new phone number got' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E1202', 'E1203'],
  },
  verifyPayoutCard: {
    tag: 'session',
    summary: { zh: '请银行核验收款卡', en: 'Asks the bank whether a card is the payout card it seems' },
    refusals: [...IDENTITY_ENDED, ...CORE, 'E3307', 'E3501'],
  },
  leave: {
    tag: 'session',
    summary: {
      zh: '到手机、柜台或另一台机器接着办',
      en: 'Goes on elsewhere: on the phone, at a counter, at another machine',
    },
    refusals: IDENTITY_ENDED,
  },
  takeUp: {
    tag: 'session',
    summary: {
      zh: '接着办别处留下的业务（一次，本人）',
      en: 'Goes on with what was left elsewhere: once, the same person',
    },
    refusals: [...IDENTITY_ENDED, 'E2602', 'E2607'],
  },
  issueStatement: {
    tag: 'session',
    summary: { zh: '出具盖章的缴存明细', en: 'Issues a sealed deposit statement' },
    description: {
      zh: '按操作编号幂等：重问得到同一份单据，编号与字节都不变。',
      en: 'Idempotent by the operation: asked again it is the same document, number and bytes.',
    },
    refusals: [...IDENTITY_ENDED, 'E5201', 'E5203', 'E5204', 'E5218'],
  },
  previewDocument: {
    tag: 'session',
    summary: {
      zh: '预览一份单据（带水印，不编号）',
      en: 'A document as it would be: watermarked, without number or seal',
    },
    refusals: [...IDENTITY_ENDED, ...COMPOSING, 'E5201', 'E5204'],
  },
  issueDocument: {
    tag: 'session',
    summary: { zh: '出具盖章的证明、对账单、信息单', en: 'Issues a sealed certificate, statement or sheet' },
    description: {
      zh: '按操作编号幂等：重问得到同一份单据，编号与字节都不变。',
      en: 'Idempotent by the operation: asked again it is the same document, number and bytes.',
    },
    refusals: [...IDENTITY_ENDED, ...COMPOSING, 'E5201', 'E5204', 'E5206', 'E5218'],
  },
  reprintDocument: {
    tag: 'session',
    summary: { zh: '补打：同一份单据，注明次数', en: 'Prints a document again, with the count on it' },
    refusals: [...IDENTITY_ENDED, 'E5211', 'E5212', 'E5206'],
  },
  ownDocuments: {
    tag: 'session',
    summary: { zh: '本人的单据及其状态', en: "The person's documents and where they stand" },
    refusals: IDENTITY_ENDED,
  },
  cancelCertificate: {
    tag: 'session',
    summary: { zh: '申请注销异地贷款证明', en: 'Asks for a certificate to be called back' },
    refusals: [...IDENTITY_ENDED, 'E5211', 'E5213'],
  },
  verifyDocument: {
    tag: 'session',
    summary: {
      zh: '凭编号和验证码验真，不需身份',
      en: 'Verifies a document by number and code; nobody has to sign in',
    },
    refusals: ['E5216'],
  },
  reportHeads: {
    tag: 'reconciliation',
    summary: { zh: '每小时上报链头', en: 'Heads of the journal, hourly' },
    refusals: ['E6204'],
  },
  closeDay: {
    tag: 'reconciliation',
    summary: { zh: '日结', en: 'The close of a day' },
    refusals: ['E6201', 'E6203', 'E6204'],
  },
  linkAt: {
    tag: 'reconciliation',
    summary: { zh: '平台在某一序号处的链值', en: 'The link the platform has at a sequence' },
    refusals: [],
  },
  reportFirstDifference: {
    tag: 'reconciliation',
    summary: { zh: '上报首个不同之处', en: 'Where a difference begins' },
    refusals: [],
  },
};

const ofTerminals = (Object.keys(platformRoutes) as (keyof PlatformRoutes)[]).map((name): RouteDoc => {
  const { method, path, request, answer } = platformRoutes[name];
  const { tag, summary, description, refusals }: About = ABOUT[name] ?? {
    tag: 'session',
    summary: { zh: name, en: name },
    refusals: IDENTITY_ENDED,
  };
  return {
    operationId: name,
    method,
    path,
    tag,
    summary,
    ...(description ? { description } : {}),
    security: 'certificate',
    request,
    answer,
    refusals,
    gated: name in GATED,
    example: (EXAMPLES as Readonly<Record<string, RouteDoc['example']>>)[name] ?? {},
  };
});

const stream = { name: 'stream', in: 'path', schema: StreamName, example: 'business' } as const;

const OF_STREAMS: readonly RouteDoc[] = [
  {
    operationId: 'deliverBatch',
    method: 'POST',
    path: '/v1/streams/{stream}/batches',
    tag: 'journal',
    summary: { zh: '投递一批日志', en: 'Delivers a batch of the journal' },
    description: {
      zh: '200 表示已落盘。正文可用 gzip。重送同一批无副作用；同一序号换了内容则拒绝并告警。',
      en: '200 means: on the disk. The body may come as gzip. The same batch again changes nothing; another body under a known sequence is refused and alarmed.',
    },
    security: 'certificate',
    parameters: [stream],
    request: Batch,
    answer: BatchReceipt,
    conflict: { schema: BatchConflict, codes: ['E6201', 'E6202', 'E6203', 'E6204'] },
    refusals: [],
    gated: false,
    example: { request: BATCH, answer: { ...STANDING, quarantined: [] } },
  },
  {
    operationId: 'streamHead',
    method: 'GET',
    path: '/v1/streams/{stream}/head',
    tag: 'journal',
    summary: { zh: '平台收到哪里', en: 'Where the platform stands' },
    security: 'certificate',
    parameters: [stream],
    answer: StreamHead,
    refusals: [],
    gated: false,
    example: { answer: STANDING },
  },
  {
    operationId: 'streamEntries',
    method: 'GET',
    path: '/v1/streams/{stream}/entries',
    tag: 'journal',
    summary: { zh: '磁盘损坏的终端取回自己的日志', en: 'A terminal that lost its disk gets its own journal back' },
    security: 'certificate',
    parameters: [
      stream,
      { name: 'after', in: 'query', schema: z.int().min(0), example: '0' },
      { name: 'limit', in: 'query', schema: z.int().min(1).max(500), example: '100' },
    ],
    answer: StreamPage,
    refusals: [],
    gated: false,
    example: { answer: PAGE },
  },
];

const OF_ENROLMENT: readonly RouteDoc[] = [
  {
    ...enrolmentRoutes.enrol,
    operationId: 'enrol',
    tag: 'enrolment',
    summary: { zh: '凭一次性登记码领取证书', en: 'A certificate for a one-time code' },
    description: {
      zh: '无需客户端证书。证书申请与签名密钥都须证明由本机持有。',
      en: 'Needs no client certificate. The request and the signing key both have to prove that this machine holds them.',
    },
    security: 'none',
    refusals: ['E3111', 'E3112', 'E3114'],
    gated: false,
    example: EXAMPLES.enrol,
  },
  {
    ...enrolmentRoutes.renewCertificate,
    operationId: 'renewCertificate',
    tag: 'enrolment',
    summary: { zh: '到期前换领证书', en: 'The next certificate, before this one ends' },
    description: {
      zh: '旧证书在新证书首次使用之前仍然有效，回答丢失可以重来。',
      en: 'The one before stays good until the new one is first used: an answer that was lost can be asked for again.',
    },
    security: 'certificate',
    refusals: ['E3112', 'E3114'],
    gated: false,
    example: EXAMPLES.renewCertificate,
  },
];

/** Every route of the gateway. */
export const ROUTES: readonly RouteDoc[] = [...ofTerminals, ...OF_STREAMS, ...OF_ENROLMENT];
