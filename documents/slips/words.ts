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

  readonly sessionTitle: string;
  readonly sessionNumber: string;
  readonly sessionRead: string;
  readonly sessionPrinted: string;
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

  sessionTitle: '本次服务记录',
  sessionNumber: '记录编号',
  sessionRead: '读取了什么',
  sessionPrinted: '打印了什么',
  sessionStored: '保存了什么',
  sessionEnd: '屏幕和内存中的个人信息已清除。',

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

  sessionTitle: 'Session record',
  sessionNumber: 'Record no.',
  sessionRead: 'What was read',
  sessionPrinted: 'What was printed',
  sessionStored: 'What was stored',
  sessionEnd: 'Your data is gone from the screen and from memory.',

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
