import type { CatalogueGroup } from './entry.ts';

/** Users of all channels, what they hand in, and what leaves the centre. */
export const channelErrors = {
  E2601: {
    severity: 'person',
    depositor: { zh: '这个手机号有几位用户', en: 'Several people use this phone number' },
    next: { zh: '请再填写身份证号的后四位', en: 'Please also give the last four characters of your ID number' },
    technician: {
      zh: '同一手机号有多个用户，需要身份证后四位',
      en: 'Several users share the phone; the end of the ID number decides',
    },
  },
  E2602: {
    severity: 'person',
    depositor: { zh: '这个码已失效或已用过', en: 'This code has expired or was used already' },
    next: { zh: '请回到原来的地方重新生成', en: 'Please make a new one where you got it' },
    technician: { zh: '接续码不存在、过期、已用或不属于此人', en: 'Pass unknown, expired, used, or of another person' },
  },
  E2603: {
    severity: 'person',
    depositor: { zh: '这种文件收不了', en: 'This kind of file cannot be taken' },
    next: { zh: '请上传照片（JPG、PNG）或 PDF', en: 'Please send a photo (JPG, PNG) or a PDF' },
    technician: { zh: '文件内容不是 JPEG、PNG 或 PDF', en: 'The bytes are neither JPEG, PNG nor PDF' },
  },
  E2604: {
    severity: 'person',
    depositor: { zh: '文件太大了', en: 'The file is too large' },
    next: { zh: '请上传 6 MB 以内的文件', en: 'Please send a file of 6 MB at most' },
    technician: { zh: '补件超过 6 MB', en: 'A paper handed in is larger than 6 MB' },
  },
  E2605: {
    severity: 'person',
    depositor: { zh: '这件业务现在不收材料', en: 'This case takes no papers at the moment' },
    next: { zh: '请查看办事进度，或拨打服务热线', en: 'Please look at its progress or call the hotline' },
    technician: { zh: '业务不在补件状态，或补件份数已满', en: 'The case waits for no papers, or has enough of them' },
  },
  E2606: {
    severity: 'person',
    depositor: { zh: '没有查到', en: 'Nothing was found' },
    next: { zh: '请核对编号', en: 'Please check the number' },
    technician: {
      zh: '编号不存在，或不属于提问的人：两者答复相同',
      en: 'No such number, or not of who asks: both are answered alike',
    },
  },
  E2607: {
    severity: 'person',
    depositor: { zh: '试的次数太多了', en: 'Too many attempts' },
    next: { zh: '请过一会儿再试', en: 'Please try again later' },
    technician: { zh: '防猜测限次：按 Retry-After 再试', en: 'Guard against guessing: try again as Retry-After says' },
  },
  E2608: {
    severity: 'person',
    depositor: { zh: '您已经评价过了', en: 'You have rated this already' },
    next: { zh: '谢谢您', en: 'Thank you' },
    technician: { zh: '同一件事同一人只评价一次', en: 'One rating for one thing by one person' },
  },
  E2609: {
    severity: 'person',
    depositor: { zh: '登录已失效', en: 'You are no longer signed in' },
    next: { zh: '请重新登录', en: 'Please sign in again' },
    technician: {
      zh: '会话令牌不存在、过期，或属于别的渠道',
      en: 'Session token unknown, expired, or of another channel',
    },
  },
  E2610: {
    severity: 'person',
    depositor: { zh: '单位证书没有通过检查', en: "The unit's certificate was not accepted" },
    next: { zh: '请检查证书是否在有效期内，或联系发证机构', en: 'Please check its validity or ask its issuer' },
    technician: {
      zh: '单位证书不可信、过期、签名不符，或单位不存在',
      en: "The unit's certificate is not trusted or expired, its signature is wrong, or there is no such unit",
    },
  },
  E2611: {
    severity: 'alarm',
    depositor: { zh: '无权查询', en: 'Not authorised' },
    next: { zh: '请联系本中心', en: 'Please ask the centre' },
    technician: {
      zh: '部门未授权、密钥不符、停用、过期，或用途不符',
      en: 'Department unknown, key wrong, stopped, out of its dates, or another purpose than granted',
    },
  },
  E2612: {
    severity: 'person',
    depositor: { zh: '这份凭证不能注销', en: 'This document cannot be cancelled' },
    next: { zh: '请到窗口办理', en: 'Please go to the counter' },
    technician: { zh: '凭证不是有效状态', en: 'The document is not in force' },
  },
  E2613: {
    severity: 'warning',
    depositor: { zh: '渠道设置没有改动', en: 'The channel was not changed' },
    next: { zh: '请看最新的设置再改', en: 'Please look at its newest settings first' },
    technician: {
      zh: '渠道不存在、已存在，或刚被别人改过',
      en: 'No such channel, one is there already, or somebody changed it just now',
    },
  },
} as const satisfies CatalogueGroup;
