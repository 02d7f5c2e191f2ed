import { item } from './row.ts';

export const CONSULTING = [
  item('S01', 'consult', {
    ...{ name: ['咨询、投诉、建议', 'Questions and complaints'] },
    ...{ hint: ['给您一个编号，可以凭号查询', 'You get a number to ask by'] },
    ...{ group: 'ask', order: 40, level: 'L0', offline: 'queue', seconds: 90, since: '0.1.0' },
    ...{
      timeLimit: {
        zh: '咨询 2 个、投诉 5 个、建议 10 个工作日内答复',
        en: 'Answered within 2 (question), 5 (complaint) or 10 (suggestion) working days',
      },
    },
  }),
  item('S02', 'consult', {
    ...{ name: ['服务评价', 'Rate the service'] },
    ...{ hint: ['满意、基本满意、不满意', 'Satisfied, fair, dissatisfied'] },
    ...{ group: 'ask', order: 60, level: 'L0', offline: 'queue', seconds: 15, since: '0.1.0' },
  }),
  item('S03', 'consult', {
    ...{ name: ['叫工作人员', 'Call our staff'] },
    ...{ hint: ['有人过来帮您，或拨打 12329', 'Somebody comes, or call 12329'] },
    ...{ group: 'ask', order: 50, level: 'L0', offline: 'local', seconds: 20, since: '0.2.0' },
    ...{ plain: ['找人帮忙', 'Get help'], timeLimit: { zh: '一般 5 分钟内有人来', en: 'Usually within 5 minutes' } },
  }),
  item('S04', 'consult', {
    ...{ name: ['接着办', 'Go on with a code'] },
    ...{ hint: ['输入小票上的接办码', 'With the code on your slip'] },
    ...{ group: 'apply', order: 100, level: 'L2', offline: 'no', seconds: 20, since: '0.2.0' },
  }),
];
