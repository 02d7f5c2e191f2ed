/** Languages a slip is printed in. The A4 documents stay Chinese; they are the centre's word. */
export type SlipLanguage = 'zh-CN' | 'en';

/** Every word of every slip. Labels stay within 16 columns, so that label and value share a line of 48. */
export interface SlipWords {
  readonly keep: string;
  readonly enquiries: string;
  readonly terminal: string;
  readonly time: string;
  readonly pages: (count: number) => string;
  readonly none: string;

  readonly statementTitle: string;
  readonly printed: string;
  readonly period: string;
  readonly sheets: string;
  readonly documentNumber: string;
  readonly verificationCode: string;
  readonly scanToVerify: string;
  readonly reprint: string;

  readonly requestTitle: string;
  readonly receivedNotDecided: string;
  readonly requestNumber: string;
  readonly item: string;
  readonly reply: string;
  readonly requestExplained: string;
  readonly requestOffline: string;
  readonly identity: string;
  readonly identityComplete: string;
  readonly identityPending: string;
  readonly identityExplained: string;

  readonly receiptTitle: string;
  readonly doneTitle: string;
  readonly accepted: string;
  readonly acceptedWithGaps: string;
  readonly done: string;
  readonly notGranted: string;
  readonly refusedExplained: string;
  readonly caseNumber: string;
  readonly received: string;
  readonly missing: string;
  readonly supplyBy: string;
  readonly decideBy: string;
  readonly acceptedExplained: string;

  readonly gapTitle: string;
  readonly gapExplained: string;
  readonly howToSupply: string;
  readonly scanToSupply: string;

  readonly materialsTitle: string;
  readonly materials: string;
  readonly original: string;
  readonly copy: string;
  readonly shared: string;
  readonly timeLimit: string;
  readonly whereToGo: string;
  readonly offlineContent: (date: string) => string;

  readonly branchTitle: string;
  readonly address: string;
  readonly hours: string;
  readonly phone: string;
  readonly waiting: string;
  readonly waitingPeople: (count: number) => string;
  readonly asOf: (time: string) => string;
  readonly machines: string;

  readonly ticketTitle: string;
  readonly appointment: string;
  readonly ticketNumber: string;
  readonly branch: string;
  readonly date: string;
  readonly slot: string;
  readonly bring: string;
  readonly comeEarly: string;
  readonly receivedNotConfirmed: string;
  readonly appointmentPending: string;

  readonly progressTitle: string;
  readonly step: string;
  readonly steps: string;
  readonly refusal: string;
  readonly progressExplained: string;

  readonly calculationTitle: string;
  readonly entered: string;
  readonly result: string;
  readonly rules: string;
  readonly calculationExplained: string;

  readonly sessionTitle: string;
  readonly sessionNumber: string;
  readonly sessionRead: string;
  readonly sessionPrinted: string;
  readonly sessionLeft: string;
  readonly sessionStored: string;
  readonly sessionEnd: string;

  readonly failureTitle: string;
  readonly failed: string;
  readonly safe: string;
  readonly next: string;
  readonly resumeCode: string;
  readonly resumeExplained: string;
  readonly errorCode: string;
}

const zh: SlipWords = {
  keep: '请妥善保管本凭条',
  enquiries: '咨询电话',
  terminal: '自助终端',
  time: '时间',
  pages: (count) => `${count} 页`,
  none: '无',

  statementTitle: '打印凭条',
  printed: '打印了什么',
  period: '起止日期',
  sheets: '页数',
  documentNumber: '凭证编号',
  verificationCode: '验证码',
  scanToVerify: '扫码核对凭证真伪',
  reprint: '补打次数',

  requestTitle: '收件回执',
  receivedNotDecided: '已收到，尚未办结',
  requestNumber: '收件编号',
  item: '事项',
  reply: '答复方式',
  requestExplained: '本回执只证明您的申请已经收到，不代表办理结果。凭收件编号可以在任一渠道查询进度。',
  requestOffline: '受理时线路中断。申请已安全保存在本机，线路恢复后自动送达中心，编号不变，无需重新提交。',
  identity: '身份核验',
  identityComplete: '已完成',
  identityPending: '待中心完成',
  identityExplained: '本机此时只能完成部分身份核验。中心收到申请后补齐核验，核验通过才会受理，必要时与您联系。',

  receiptTitle: '业务受理回执',
  doneTitle: '办理回执',
  accepted: '已受理，尚未办结',
  acceptedWithGaps: '已容缺受理，请补材料',
  done: '已办结',
  notGranted: '未予办理',
  refusedExplained: '情况变化后可以再次申请；对结果有疑问，可到窗口或拨打咨询电话，报业务编号。',
  caseNumber: '业务编号',
  received: '已收材料',
  missing: '所缺材料',
  supplyBy: '补齐期限',
  decideBy: '办结期限',
  acceptedExplained: '受理不等于批准，办理结果以中心的决定为准。凭业务编号可以在任一渠道查询进度。',

  gapTitle: '一次性补正告知',
  gapExplained: '以上为需要补正的全部内容。补正期间不计入办理时限。本单不是对申请的决定。',
  howToSupply: '怎样补正',
  scanToSupply: '手机扫码，登录后拍照补交',

  materialsTitle: '材料清单',
  materials: '需要的材料',
  original: '原件',
  copy: '复印件',
  shared: '免交，中心自行核查',
  timeLimit: '办理时限',
  whereToGo: '在哪里办',
  offlineContent: (date) => `内容更新于 ${date}，以中心最新公布为准。`,

  branchTitle: '网点信息',
  address: '地址',
  hours: '办公时间',
  phone: '电话',
  waiting: '正在等候',
  waitingPeople: (count) => `${count} 人`,
  asOf: (time) => `等候人数取自 ${time}，现在可能不同。`,
  machines: '自助终端',

  ticketTitle: '预约凭条',
  appointment: '预约号',
  ticketNumber: '排队号',
  branch: '网点',
  date: '日期',
  slot: '时段',
  bring: '请带齐材料',
  comeEarly: '请提前 10 分钟到达，凭本条和身份证取号。不能前来时请取消，把时段留给别人。',
  receivedNotConfirmed: '已收到，尚未确认',
  appointmentPending: '预约申请已收到，尚未确认。确认结果将告知您，未确认前请不要前往。',

  progressTitle: '办事进度',
  step: '当前环节',
  steps: '办理过程',
  refusal: '未通过的原因',
  progressExplained: '进度截至打印时间。凭业务编号可以在任一渠道再次查询。',

  calculationTitle: '试算结果',
  entered: '您填写的',
  result: '试算结果',
  rules: '怎样得出',
  calculationExplained: '试算结果仅供参考，不作凭证，以中心核定为准。',

  sessionTitle: '本次服务记录',
  sessionNumber: '记录编号',
  sessionRead: '读取了什么',
  sessionPrinted: '打印了什么',
  sessionLeft: '留下了哪些申请',
  sessionStored: '本机保存了什么',
  sessionEnd: '您离开时，屏幕和内存中的个人信息随即清除。',

  failureTitle: '未能办完',
  failed: '哪一步没有完成',
  safe: '可以放心',
  next: '接下来怎么办',
  resumeCode: '续办码',
  resumeExplained: '在柜台或电话中报出续办码，核验身份后可以接着办理，不必重新填写。',
  errorCode: '故障代码',
};

const en: SlipWords = {
  keep: 'Please keep this slip',
  enquiries: 'Enquiries',
  terminal: 'Terminal',
  time: 'Time',
  pages: (count) => (count === 1 ? '1 page' : `${count} pages`),
  none: 'Nothing',

  statementTitle: 'Print slip',
  printed: 'What was printed',
  period: 'Period',
  sheets: 'Pages',
  documentNumber: 'Document no.',
  verificationCode: 'Verify code',
  scanToVerify: 'Scan to verify the document',
  reprint: 'Reprint',

  requestTitle: 'Receipt',
  receivedNotDecided: 'Received, not decided',
  requestNumber: 'Request no.',
  item: 'Item',
  reply: 'Reply by',
  requestExplained:
    'This slip proves that your request was received. It is not a decision. Quote the request number in any channel to follow it.',
  requestOffline:
    'The line was down. Your request is stored safely in this machine and goes to the centre by itself when the line returns. ' +
    'The number stays the same; there is no need to submit again.',
  identity: 'Identity',
  identityComplete: 'Checked',
  identityPending: 'To be completed',
  identityExplained:
    'This machine could check only part of your identity just now. The centre completes the check before it accepts the request, and contacts you if needed.',

  receiptTitle: 'Acceptance slip',
  doneTitle: 'Receipt',
  accepted: 'Accepted, not decided',
  acceptedWithGaps: 'Accepted with gaps',
  done: 'Done',
  notGranted: 'Not granted',
  refusedExplained:
    'You can apply again once this has changed. If you disagree, quote the case number at a counter or by phone.',
  caseNumber: 'Case no.',
  received: 'Received',
  missing: 'Still missing',
  supplyBy: 'Supply by',
  decideBy: 'Decided by',
  acceptedExplained:
    'Acceptance is not approval; the decision is made by the centre. Quote the case number in any channel to follow it.',

  gapTitle: 'What is missing',
  gapExplained:
    'This is everything that has to be supplied. The time until then does not count. This slip is not a decision.',
  howToSupply: 'How to supply it',
  scanToSupply: 'Scan, sign in, and send a photo',

  materialsTitle: 'What to bring',
  materials: 'Papers needed',
  original: 'original',
  copy: 'copy',
  shared: 'not needed, the centre looks it up',
  timeLimit: 'Time limit',
  whereToGo: 'Where to go',
  offlineContent: (date) => `As of ${date}; what the centre has published since applies.`,

  branchTitle: 'Branch',
  address: 'Address',
  hours: 'Hours',
  phone: 'Phone',
  waiting: 'Waiting now',
  waitingPeople: (count) => (count === 1 ? '1 person' : `${count} people`),
  asOf: (time) => `Waiting as of ${time}; it may differ by now.`,
  machines: 'Self-service',

  ticketTitle: 'Appointment',
  appointment: 'Appointment',
  ticketNumber: 'Queue no.',
  branch: 'Branch',
  date: 'Date',
  slot: 'Time',
  bring: 'Please bring',
  comeEarly:
    'Please come 10 minutes early with this slip and your ID card. If you cannot come, cancel, so that somebody else can.',
  receivedNotConfirmed: 'Received, not confirmed',
  appointmentPending: 'Your request was received and is not confirmed. You will be told; please do not set out before.',

  progressTitle: 'Progress',
  step: 'Now at',
  steps: 'What happened',
  refusal: 'Why it was refused',
  progressExplained: 'As of the time of printing. Quote the case number in any channel to ask again.',

  calculationTitle: 'Calculation',
  entered: 'What you entered',
  result: 'Result',
  rules: 'How it follows',
  calculationExplained: 'For orientation only, not a certificate; what the centre determines applies.',

  sessionTitle: 'Session record',
  sessionNumber: 'Record no.',
  sessionRead: 'What was read',
  sessionPrinted: 'What was printed',
  sessionLeft: 'Requests left',
  sessionStored: 'What this machine keeps',
  sessionEnd: 'When you leave, your data leaves screen and memory.',

  failureTitle: 'Not finished',
  failed: 'What did not work',
  safe: 'What is safe',
  next: 'What to do now',
  resumeCode: 'Resume code',
  resumeExplained:
    'Quote the resume code at the counter or by phone. After your identity is checked, you go on where you stopped.',
  errorCode: 'Error code',
};

export const SLIP_WORDS: Readonly<Record<SlipLanguage, SlipWords>> = { 'zh-CN': zh, en };
