/** Waiting, printing, and what was received. */
export const results = {
  working: {
    headline: {
      sendCode: '正在发送验证码',
      account: '正在查您的账户',
      details: '正在查明细',
      submit: '正在收下您的申请',
      endSession: '正在清除您的信息',
      item: '正在查',
    },
    next: {
      sendCode: '接下来：输入手机收到的验证码',
      account: '接下来：选择要办的事',
      details: '接下来：翻看或打印',
      submit: '接下来：给您受理号和小票',
      item: '接下来：看结果',
      endSession: '',
    },
  },
  printing: {
    headline: { collect: '正在取明细', seal: '正在加盖电子印章', print: '正在打印', slip: '正在打印小票' },
    page: (page: number, pages: number) => `正在打印第 ${page} 页，共 ${pages} 页`,
    lead: (seconds: number) => `一般还要 ${seconds} 秒。纸从出纸口出来，请拿齐再离开。`,
    steps: { collect: '取明细', seal: '加盖电子印章', print: '打印', slip: '打印小票' },
    number: (number: string) => `编号 ${number}`,
    waiting: '打印机在等人处理，处理好会接着打，不用重来。',
    cancel: '取消剩余页',
  },
  printed: {
    headline: (pages: number) => `打印好了，请拿齐 ${pages} 页`,
    lead: '每页都有电子印章和编号，受理单位可以查验。',
    number: '单据编号',
    code: '查验码',
  },
  slip: {
    printing: '小票正在打印，请稍等取走。',
    printed: '小票已打印，上面有同样的号码。',
    failed: '小票没有打出来，请记下这个号码。',
    unknown: '不能确定小票有没有打出来，请记下这个号码。',
    none: '本机现在不打小票，请记下这个号码。',
  },
  request: {
    slotHeadline: '什么时候，到哪里？',
    slotLead: '先选地点，再选时间。',
    full: '已满',
    closed: '不开门',
    left: (n: number) => `剩 ${n} 个`,
  },
  accepted: {
    number: '受理号',
    badge: { wait: '已收到，尚未办结', fault: '没有办成' },
  },
} as const;
