import type { ScreenOf } from '@kiosk/contract/screen/view.ts';

type FailedStep = ScreenOf<'failure'>['step'];
type EndReason = ScreenOf<'goodbye'>['reason'];
type Reason = 'policy' | 'attitude' | 'process' | 'advice' | 'device';

/** What went wrong, the rating, and goodbye. */
export const end = {
  failure: {
    leave: '换地方办',
    step: {
      readCard: '读卡没有完成',
      identify: '身份核验没有完成',
      query: '查询没有完成',
      issue: '单据没有开出',
      print: '打印没有完成',
      submit: '申请没有收下',
      session: '办理中断',
    } satisfies Record<FailedStep, string>,
    safe: {
      readCard: '没有留下您的信息，账户没有任何变动。',
      identify: '没有进入您的账户，账户没有任何变动。',
      query: '没有查到结果，也没有留下任何记录。',
      issue: '没有收费，账户没有任何变动。',
      print: '没有收费，账户没有任何变动。',
      submit: '账户没有任何变动。',
      session: '已收下的申请没有丢失，账户没有任何变动。',
    } satisfies Record<FailedStep, string>,
    pageMissing: (page: number) => `第 ${page} 页没有打出来`,
    pagesMissing: (from: number, to: number) => `第 ${from} 至 ${to} 页没有打出来`,
    pagesValid: (n: number) => (n === 1 ? '第 1 页有效，请拿走。' : `前 ${n} 页有效，请拿走。`),
    quote: '到窗口或其他自助机，报这个编号',
    otherWay: '换一种方式核验',
    retry: '再试一次',
    instead: '您还可以',
  },
  rate: {
    headline: '这次办得满意吗？',
    lead: '不记名，只用来改进服务。',
    scores: { satisfied: '满意', fair: '基本满意', dissatisfied: '不满意' },
    reasonHeadline: '哪里没有做好？',
    reasonLead: '选一项最主要的，我们会改。',
    reasons: {
      policy: '政策规定',
      attitude: '服务态度',
      process: '办理流程',
      advice: '解答指引',
      device: '机器不好用',
    } satisfies Record<Reason, string>,
    skip: '不评价，结束',
    skipReason: '不说原因',
  },
  record: {
    offered: '打印服务记录',
    printing: '正在打印记录',
    printed: '记录已打印',
    failed: '记录没打出来',
    unknown: '记录没打出来',
  },
  goodbye: {
    headline: {
      finished: '谢谢，请慢走',
      ended: '已结束',
      idle: '太久没有操作，已结束',
      cap: '时间到了，已结束',
      failed: '抱歉，这次没有办成',
      lost: '您已离开，已结束',
      stopped: '抱歉，自助服务暂停',
    } satisfies Record<EndReason, string>,
    cleared: '您的信息已从这台机器清除。',
    take: '请带好身份证、单据和小票。',
    leave: '都拿好了',
  },
} as const;
