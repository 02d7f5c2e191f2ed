import type { PlainerTexts } from './texts.ts';

/** In the words of somebody who never used a machine: no word of the trade, one thing a sentence. */
export const plainZh: PlainerTexts = {
  common: { end: '不办了，清掉信息', online: '可以办理', finish: '办好了', another: '还要办别的' },
  attract: { headline: ['把身份证', '平放在这里'], lead: '放好不动，机器自己会读。' },
  enterCode: { headline: '请输入收到的六个数字', safe: '谁来要这六个数字，都不要给。' },
  menu: { headline: '您想办什么？', warning: '密码和验证码，谁要都不给。' },
  account: { headline: '您账户里的钱', monthly: '每个月存进来', paidTo: '已经存到', base: '按多少工资、多少比例存' },
  period: { headline: { details: '想看哪段日子的？', print: '想打印哪段日子的？' } },
  printed: { lead: '每一页都有红章，拿去就能用。', number: '这份单子的编号' },
  rate: { headline: '这次给您办得好不好？', scores: { satisfied: '好', fair: '还可以', dissatisfied: '不好' } },
  goodbye: { take: '身份证、打印的纸，都拿好了吗？' },
};

export const plainEn: PlainerTexts = {
  common: { end: 'Stop and clear', online: 'Working', finish: 'I am done', another: 'Something else' },
  attract: { headline: ['Lay your ID card', 'flat down here'], lead: 'Leave it there; the machine reads it.' },
  enterCode: { headline: 'Type the six digits sent to your phone', safe: 'Give these digits to nobody.' },
  menu: { headline: 'What do you need?', warning: 'Give passwords and codes to nobody.' },
  account: { headline: 'The money in your account', monthly: 'Paid in every month', paidTo: 'Paid up to' },
  period: { headline: { details: 'Which months do you want to see?', print: 'Which months do you want printed?' } },
  printed: { lead: 'Every page has the red seal and can be used as it is.', number: 'Number of this paper' },
  rate: { headline: 'Was it good or bad today?', scores: { satisfied: 'Good', fair: 'So-so', dissatisfied: 'Bad' } },
  goodbye: { take: 'Do you have your card and all papers?' },
};
