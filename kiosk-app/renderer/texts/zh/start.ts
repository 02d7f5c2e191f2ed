/** From the first screen to the menu. */
export const start = {
  attract: {
    headline: ['把身份证', '放在读卡区'],
    lead: '查余额、看明细、打印对账单，大约三分钟。',
    withoutCard: '没带身份证，也能办',
    otherWay: '用银行卡或手机',
    otherWayHint: '插卡输密码，或扫手机电子卡',
    notices: '请注意',
  },
  paused: {
    headline: '自助服务暂停',
    instead: '现在可以这样办',
    last: '办完手上这一笔就暂停服务',
  },
  outOfService: {
    lead: '请换一台机器，或到人工窗口办理。已收下的申请不会丢失。',
    staff: '工作人员请看',
  },
  readingCard: {
    headline: { found: '看到您的身份证了', reading: '正在读身份证', checking: '正在核对证件' },
    lead: { found: '请放平，先不要拿开。', reading: '请放平，先不要拿开。', checking: '可以拿回身份证了，请收好。' },
    steps: { found: '放上身份证', reading: '读取', checking: '核对' },
  },
  enterCode: {
    headline: '请输入短信验证码',
    lead: (phone: string) => `已发到您预留的手机 ${phone}`,
    attempts: (n: number) => `还可以试 ${n} 次`,
    resend: '重新发送',
    resendIn: (seconds: number) => `${seconds} 秒后可重发`,
    checking: '正在核对…',
    submit: '确定',
    boxes: (n: number, of: number) => `验证码，已输入 ${n} 位，共 ${of} 位`,
    safe: '密码和验证码请勿告诉任何人，包括工作人员和非官方第三方。',
    otherWay: '收不到？换一种方式',
  },
  menu: {
    headline: '您好，想办什么？',
    warning: '请勿把账号和验证码告诉任何人。',
    often: '常用',
    other: '其他',
    everything: '全部服务',
    fewer: '只看常用',
  },
} as const;
