import { ok } from '@kiosk/contract/kernel/result.ts';
import type { TerminalLine } from '../contract/fleet.ts';
import { texts } from '../web/texts/texts.ts';
import type { ExportList } from '../contract/analysis.ts';
import { type Exported, MOST, col, percent, rowsOf, when } from './listed.ts';

/** Lists of daily work. */
export const WORK_LISTS = {
  fleet: {
    route: 'fleet',
    title: { zh: '终端列表', en: 'Terminals' },
    columns: [
      ...[col('终端', 'Terminal', 44), col('状态', 'Health', 44), col('原因', 'Why'), col('网点', 'Branch', 110)],
      ...[col('纸', 'Paper', 40), col('粉', 'Toner', 40), col('版本', 'Version', 44), col('最近心跳', 'Last seen', 84)],
    ],
    async rows(pages, { language }, caller) {
      const lines: TerminalLine[] = [];
      for (let next: string | null | undefined; next !== null;) {
        const answer = await pages.fleet({ limit: MOST, ...(next !== undefined && { before: next }) }, caller);
        if (!answer.ok) return answer;
        lines.push(...answer.value.terminals);
        next = answer.value.next;
      }
      const { health, supply } = texts[language].fleet;
      return ok(
        lines.map((line) => [
          ...[line.terminalId, health[line.health], line.reasons.map(({ words }) => words[language]).join('; ')],
          ...[
            line.branchName?.[language] ?? '',
            supply[line.paper],
            supply[line.toner],
            line.programVersion,
            when(line.lastSeenAt),
          ],
        ]),
      );
    },
  },
  changes: {
    route: 'changes',
    title: { zh: '变更与审批', en: 'Changes and approvals' },
    columns: [
      ...[col('号', 'No.', 30), col('内容', 'Kind', 90), col('状态', 'State', 60), col('事由', 'Reason')],
      ...[col('提出', 'By', 60), col('时间', 'At', 84), col('批准', 'Decided by', 60)],
    ],
    async rows(pages, { language }, caller) {
      const { kinds, states } = texts[language].changes;
      return rowsOf(await pages.changes({ limit: MOST }, caller), (one) => [
        ...[one.changeId, kinds[one.content.kind], states[one.state], one.reason, one.proposedBy],
        ...[when(one.proposedAt), one.decidedBy],
      ]);
    },
  },
  channels: {
    route: 'channels',
    title: { zh: '渠道', en: 'Channels' },
    columns: [
      ...[col('代码', 'Code', 40), col('名称', 'Name'), col('应用', 'Application', 80), col('状态', 'State', 50)],
      ...[col('时段', 'Hours', 90), col('每日上限', 'Cap', 60), col('今日', 'Today', 50), col('密钥', 'Key', 40)],
    ],
    async rows(pages, { language }, caller) {
      const answer = await pages.channels({}, caller);
      if (!answer.ok) return answer;
      const words = texts[language].changes.values;
      return ok(
        answer.value.channels.map(({ channelId, name, state, settings, today, hasKey }) => [
          ...[channelId, name[language], settings.appId, words[settings.enabled ? state.state : 'closed']],
          settings.hours.map(({ from, to }) => `${from}-${to}`).join(' '),
          ...[settings.flowCap, today, hasKey ? words.issued : ''],
        ]),
      );
    },
  },
  items: {
    route: 'channels',
    title: { zh: '业务项', en: 'Service items' },
    columns: [
      ...[col('编号', 'Id', 40), col('名称', 'Name'), col('级别', 'Level', 44), col('离线', 'Offline', 50)],
      ...[col('状态', 'State', 50), col('停办原因', 'Stopped', 140)],
    ],
    async rows(pages, { language }, caller) {
      const answer = await pages.channels({}, caller);
      if (!answer.ok) return answer;
      const { channels, changes } = texts[language];
      return ok(
        answer.value.items.map((item) => [
          ...[item.id, item.name[language], channels.levels[item.level], changes.values[item.offline]],
          ...[item.stopped ? channels.stopped : channels[item.state], item.stopped?.[language] ?? ''],
        ]),
      );
    },
  },
  knowledge: {
    route: 'articles',
    title: { zh: '知识库', en: 'Knowledge base' },
    columns: [
      col('标题', 'Title'),
      col('版本', 'Version', 44),
      col('状态', 'State', 60),
      col('作者', 'By', 60),
      col('时间', 'At', 84),
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.articles({}, caller), (one) => [
        one.title[language],
        one.version,
        texts[language].channels.knowledge.states[one.state],
        one.by,
        when(one.at),
      ]),
  },
  branches: {
    route: 'branches',
    title: { zh: '网点', en: 'Branches' },
    columns: [
      ...[col('网点', 'Branch'), col('地址', 'Address', 150), col('柜台', 'Counters', 44), col('等候', 'Waiting', 44)],
      ...[col('终端', 'Terminals', 50), col('可用', 'Ready', 44)],
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.branches({}, caller), (one) => [
        ...[one.name[language], one.address, one.counters, one.waiting, one.terminals, one.terminalsReady],
      ]),
  },
  workOrders: {
    route: 'workOrders',
    title: { zh: '工单', en: 'Work orders' },
    columns: [
      ...[col('编号', 'Number', 96), col('类别', 'Kind', 52), col('主题', 'Topic'), col('状态', 'State', 52)],
      ...[col('收到', 'Received', 84), col('期限', 'Due', 84), col('经办', 'Assignee', 56)],
    ],
    async rows(pages, { language }, caller) {
      const { kinds, states } = texts[language].work.orders;
      return rowsOf(await pages.workOrders({ limit: MOST }, caller), (one) => [
        ...[one.number, kinds[one.kind], one.topic[language], states[one.state]],
        ...[when(one.receivedAt), when(one.deadline.dueAt), one.assignee],
      ]);
    },
  },
  requests: {
    route: 'requests',
    title: { zh: '业务受理', en: 'Requests' },
    columns: [
      ...[col('受理号', 'Number', 110), col('事项', 'Item'), col('渠道', 'Channel', 80), col('状态', 'State', 90)],
      ...[col('收到', 'Received', 84), col('时限', 'Due', 84), col('办结', 'Decided', 84)],
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.requests({ limit: MOST }, caller), (one) => [
        ...[one.requestNumber, one.name[language], one.channel[language], one.stateWords[language]],
        ...[when(one.receivedAt), when(one.deadline?.dueAt ?? null), when(one.decidedAt)],
      ]),
  },
  deadlines: {
    route: 'deadlines',
    title: { zh: '时限', en: 'Deadlines' },
    columns: [
      col('类别', 'Kind', 64),
      col('编号', 'Id', 120),
      col('事项', 'What'),
      col('期限', 'Due', 84),
      col('状态', 'State', 52),
    ],
    async rows(pages, { language }, caller) {
      const { kinds, states } = texts[language].fleet.deadlines;
      return rowsOf(await pages.deadlines({ state: 'open' }, caller), (one) => [
        ...[kinds[one.kind], one.id, one.what[language], when(one.deadline.dueAt), states[one.deadline.state]],
      ]);
    },
  },
  analysis: {
    route: 'analysis',
    title: { zh: '运行分析（按日）', en: 'Operation by day' },
    columns: [
      ...[
        col('日期', 'Day', 70),
        col('服务人次', 'Sessions'),
        col('办完', 'Finished', 56),
        col('中断', 'Abandoned', 56),
      ],
      ...[
        col('申请', 'Requests', 56),
        col('打印', 'Prints', 52),
        col('失败', 'Failed', 48),
        col('评价', 'Ratings', 48),
      ],
    ],
    async rows(pages, { from, to }, caller) {
      const answer = await pages.analysis({ from, to }, caller);
      if (!answer.ok) return answer;
      return ok(
        answer.value.days.map((day) => [
          ...[
            day.date,
            day.sessions,
            day.finished,
            day.abandoned,
            day.requests,
            day.prints,
            day.printsFailed,
            day.ratings,
          ],
        ]),
      );
    },
  },
  usageReport: {
    route: 'usageReport',
    title: { zh: '综合服务平台使用情况月报', en: 'Monthly report on the use of channels' },
    columns: [
      ...[
        col('渠道', 'Channel'),
        col('代码', 'Code', 44),
        col('信息查询', 'Query', 70),
        col('信息发布', 'Publish', 70),
      ],
      ...[col('互动交流', 'Interact', 70), col('业务办理', 'Handle', 70), col('合计', 'Total', 60)],
    ],
    async rows(pages, { month, language }, caller) {
      const answer = await pages.usageReport({ month }, caller);
      if (!answer.ok) return answer;
      const { lines, terminals, satisfactionRate, complaints, complaintsInTime } = answer.value;
      const note = (zh: string, en: string, value: string | number) => [language === 'zh' ? zh : en, '', value];
      return ok([
        ...lines.map((line) => {
          const { query, publish, interact, handle } = line;
          const sum = query + publish + interact + handle;
          return [line.channel[language], line.channelId, query, publish, interact, handle, sum];
        }),
        note('月份', 'Month', month),
        note('登记终端', 'Terminals registered', terminals.registered),
        note('本月在用终端', 'Terminals active', terminals.active),
        note('满意率（%）', 'Satisfied (%)', percent(satisfactionRate)),
        note('投诉', 'Complaints', complaints),
        note('按时办结的投诉', 'Complaints answered in time', complaintsInTime),
      ]);
    },
  },
} satisfies Partial<Record<ExportList, Exported>>;
