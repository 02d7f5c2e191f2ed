import type { ScreenOf } from '@kiosk/contract/screen/view.ts';

type Part = NonNullable<ScreenOf<'details'>['part']>;

/** The account and its entries. */
export const account = {
  account: {
    headline: '账户余额',
    asOf: (when: string) => `截至 ${when}`,
    morePerMonth: (amount: string) => `比上月多 ${amount} 元`,
    lessPerMonth: (amount: string) => `比上月少 ${amount} 元`,
    status: '账户状态',
    monthly: '每月存入',
    monthlyParts: (unit: string, person: string) => `单位 ${unit} + 个人 ${person}`,
    base: '缴存基数和比例',
    paidTo: '缴至',
    openedOn: '开户日期',
    unit: '单位',
    number: '个人账号',
    reveal: '显示',
    revealNumber: '显示完整账号 15 秒',
    hidesIn: (seconds: number) => `${seconds} 秒后隐藏`,
    chart: '近 12 个月的月末余额',
    details: '看明细',
    print: '打印对账单',
  },
  period: {
    headline: { details: '看哪一段时间？', print: '打印哪一段时间？' },
    lead: (from: string, to: string) => `可选 ${from}到 ${to}`,
    presets: { last12: '最近 12 个月', thisYear: '今年', lastYear: '去年', all: '全部' },
    own: '自己选起止月份',
    from: '从',
    to: '到',
    earlier: '往前一个月',
    later: '往后一个月',
    confirm: { details: '看这一段', print: '打印这一段' },
  },
  details: {
    headline: (rows: number) => `缴存明细，共 ${rows} 条`,
    opening: '期初余额',
    totalIn: '存入',
    totalOut: '支出',
    closing: '期末余额',
    entry: '日期和摘要',
    amount: '金额',
    balance: '余额',
    forMonth: (text: string) => `${text}份`,
    /** What an entry is: the centre's own summary word. */
    kind: (_kind: string, summary: string): string => summary,
    parts: { all: '全部', deposits: '存入', interest: '利息', withdrawals: '提取', years: '按年' } satisfies Record<
      Part,
      string
    >,
    partsLabel: '看哪一类',
    partSum: '合计',
    year: '年份',
    interest: '其中利息',
    none: '这段时间没有明细。',
    page: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
    previous: '上一页',
    next: '下一页',
    print: '打印这一段',
  },
} as const;
