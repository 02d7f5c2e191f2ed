import { OUTWARD_FIELDS } from '../../channels/outward/grants.ts';
import type { ExportList } from '../contract/analysis.ts';
import { type Exported, MOST, col, rowsOf, when } from './listed.ts';
import { texts } from '../web/texts/texts.ts';

/** Lists of control: what differs, what was sent, what was logged. */
export const CONTROL_LISTS = {
  anomalies: {
    route: 'anomalies',
    title: { zh: '异常清单', en: 'Anomalies' },
    columns: [
      ...[col('日期', 'Day', 70), col('规则', 'Rule'), col('对象', 'Subject', 80), col('次数', 'Count', 44)],
      ...[col('阈值', 'Threshold', 50), col('状态', 'State', 56)],
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.anomalies({ limit: MOST }, caller), (one) => [
        ...[one.day, one.words[language], one.subject, one.count, one.threshold],
        texts[language].control.risk.states[one.state],
      ]),
  },
  register: {
    route: 'register',
    title: { zh: '承诺与失信登记', en: 'Commitments and bad faith' },
    columns: [
      ...[col('类别', 'What', 96), col('姓名', 'Name', 56), col('申请', 'Request', 110), col('至', 'Until', 70)],
      ...[col('状态', 'State', 56), col('事由', 'Reason')],
    ],
    async rows(pages, { language }, caller) {
      const { what, entryStates } = texts[language].control.risk;
      return rowsOf(await pages.register({}, caller), (one) => [
        ...[what[one.what], one.name, one.requestNumber, one.until, entryStates[one.state], one.reason],
      ]);
    },
  },
  cases: {
    route: 'cases',
    title: { zh: '对账差异', en: 'Reconciliation cases' },
    columns: [
      ...[col('终端', 'Terminal', 48), col('日期', 'Day', 64), col('种类', 'Kind', 52), col('对象', 'Subject')],
      ...[
        col('终端值', 'Terminal says', 90),
        col('平台值', 'Platform has', 90),
        col('状态', 'State', 48),
        col('经办', 'Assignee', 52),
      ],
    ],
    async rows(pages, { language }, caller) {
      const { kinds, states } = texts[language].work.cases;
      return rowsOf(await pages.cases({}, caller), (one) => [
        ...[one.terminalId, one.day, kinds[one.kind], one.subject],
        ...[one.terminalValue.slice(0, 16), one.platformValue.slice(0, 16), states[one.state], one.assignee],
      ]);
    },
  },
  releases: {
    route: 'releases',
    title: { zh: '下发版本', en: 'Releases' },
    columns: [
      ...[col('种类', 'Kind', 70), col('版本', 'Version', 80), col('范围', 'For', 60), col('时间', 'At', 84)],
      ...[col('提出', 'By'), col('批准', 'Approved by', 70), col('生效', 'Applied', 60)],
    ],
    async rows(pages, { language }, caller) {
      const { kinds, whole, one: single } = texts[language].control.releases;
      return rowsOf(await pages.releases({}, caller), (one) => [
        ...[kinds[one.kind], one.version, one.terminalId === null ? whole : single(one.terminalId)],
        ...[when(one.issuedAt), one.by, one.approvedBy, `${one.applied} / ${one.terminals}`],
      ]);
    },
  },
  quarantine: {
    route: 'quarantine',
    title: { zh: '隔离记录', en: 'Quarantined entries' },
    columns: [
      ...[col('终端', 'Terminal', 52), col('流', 'Stream', 60), col('序号', 'Seq', 50), col('代码', 'Code', 44)],
      ...[col('原因', 'Why'), col('时间', 'At', 84), col('状态', 'State', 56)],
    ],
    async rows(pages, { language }, caller) {
      const { fleet, control } = texts[language];
      return rowsOf(await pages.quarantine({}, caller), (one) => [
        ...[one.terminalId, fleet.streamNames[one.stream], one.seq, one.code, one.reason, when(one.at)],
        control.quarantine.states[one.state],
      ]);
    },
  },
  audit: {
    route: 'audit',
    title: { zh: '审计日志', en: 'Audit log' },
    columns: [
      ...[col('号', 'No.', 40), col('时间', 'At', 84), col('人', 'Actor', 60), col('动作', 'Action', 100)],
      ...[col('对象', 'Subject', 110), col('细节', 'Detail')],
    ],
    rows: async (pages, _asked, caller) =>
      rowsOf(await pages.audit({ limit: MOST }, caller), (one) => [
        ...[one.id, when(one.at), one.actor, one.action, one.subject, JSON.stringify(one.detail)],
      ]),
  },
  security: {
    route: 'security',
    title: { zh: '安全事件', en: 'Security events' },
    columns: [
      col('时间', 'At', 84),
      col('代码', 'Code', 44),
      col('含义', 'Meaning', 150),
      col('终端', 'Terminal', 52),
      col('细节', 'Detail'),
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.security({}, caller), (one) => [
        ...[when(one.at), one.code, one.words[language], one.terminalId, one.detail],
      ]),
  },
  documents: {
    route: 'documents',
    title: { zh: '凭证登记', en: 'Documents' },
    columns: [
      ...[col('编号', 'Number', 160), col('种类', 'Kind'), col('状态', 'State', 52), col('姓名', 'Name', 48)],
      ...[col('出具', 'Issued', 84), col('打印', 'Prints', 40)],
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.documents({ limit: MOST }, caller), (one) => [
        ...[one.documentNumber, one.kindName[language], texts[language].work.documents.states[one.state]],
        ...[one.name, when(one.issuedAt), one.prints],
      ]),
  },
  departments: {
    route: 'departments',
    title: { zh: '对外数据服务授权', en: 'Data for other authorities' },
    columns: [
      ...[col('部门', 'Department', 90), col('用途', 'Purpose', 80), col('依据', 'Legal basis')],
      ...[col('字段', 'Fields', 150), col('状态', 'State', 48), col('至', 'Until', 64), col('近 30 日', '30 days', 44)],
    ],
    rows: async (pages, { language }, caller) =>
      rowsOf(await pages.departments({}, caller), (one) => [
        ...[one.name[language], one.purposeWords[language], one.legalBasis],
        one.grants.map(({ field }) => OUTWARD_FIELDS[field].words[language]).join(', '),
        ...[texts[language].outward.states[one.enabled ? 'on' : 'off'], one.validTo, one.asked],
      ]),
  },
} satisfies Partial<Record<ExportList, Exported>>;
