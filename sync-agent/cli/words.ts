import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';

/** Everything this command says, in both languages. */
export const words = {
  usage: {
    zh: `用法：kiosk-service 命令 [选项]

命令
  status          整机一览
  queue           待送达的记录（只有数量，没有内容）
  devices         各设备状态
  test 设备|all   设备自检
  link            线路状态与逐级测试
  journal verify  从头校验日志链
  version         各程序版本（不需登录）

选项
  --config 文件       终端配置，缺省取 KIOSK_CONFIG
  --name 姓名         维护人员，缺省取 KIOSK_TECHNICIAN 或询问
  --secret-file 文件  从文件读口令，缺省取 KIOSK_SECRET 或询问（不回显）
  --lang zh|en        语言，缺省按 LANG
  --json              供脚本读取

退出码：0 正常，1 有问题，2 用法不对，3 登录被拒，4 程序未运行`,
    en: `Usage: kiosk-service COMMAND [OPTIONS]

Commands
  status           the whole machine at a glance
  queue            records still to be delivered (how many, never what)
  devices          state of every device
  test DEVICE|all  self-test of a device
  link             state of the line, and a test step by step
  journal verify   checks the journal's chain from the start
  version          versions of the programs (no sign-in)

Options
  --config FILE       terminal configuration; default KIOSK_CONFIG
  --name NAME         technician; default KIOSK_TECHNICIAN, or asks
  --secret-file FILE  reads the secret from a file; default KIOSK_SECRET, or asks without echo
  --lang zh|en        language; default by LANG
  --json              for scripts

Exit codes: 0 well, 1 something is wrong, 2 wrong usage, 3 sign-in refused, 4 a program is not running`,
  },
  askName: { zh: '姓名：', en: 'Name: ' },
  askSecret: { zh: '口令（不显示）：', en: 'Secret (not shown): ' },
  seconds: { zh: '秒', en: 's' },

  machine: { zh: '本机', en: 'Machine' },
  terminal: { zh: '终端', en: 'Terminal' },
  hall: { zh: '位置', en: 'Place' },
  accepting: { zh: '受理', en: 'Accepting' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  since: { zh: '自', en: 'Since' },
  unsettled: { zh: '待确认操作', en: 'Unsettled operations' },
  catalogue: { zh: '业务目录', en: 'Catalogue' },
  none: { zh: '无', en: 'none' },

  queue: { zh: '待送达', en: 'Queue' },
  stream: { zh: '流', en: 'Stream' },
  pending: { zh: '待送', en: 'Waiting' },
  oldest: { zh: '最早', en: 'Oldest' },
  quarantined: { zh: '隔离', en: 'Set aside' },
  state: { zh: '状态', en: 'State' },
  business: { zh: '业务', en: 'business' },
  audit: { zh: '审计', en: 'audit' },
  telemetry: { zh: '遥测', en: 'telemetry' },
  sending: { zh: '发送', en: 'sending' },
  stopped: { zh: '停发', en: 'stopped' },

  devices: { zh: '设备', en: 'Devices' },
  device: { zh: '设备', en: 'Device' },
  kind: { zh: '类别', en: 'Kind' },
  counters: { zh: '计数', en: 'Counters' },
  idCardReader: { zh: '身份证阅读器', en: 'ID card reader' },
  slipPrinter: { zh: '小票打印机', en: 'slip printer' },
  documentPrinter: { zh: 'A4 打印机', en: 'A4 printer' },
  starting: { zh: '启动中', en: 'starting' },
  ready: { zh: '正常', en: 'ready' },
  busy: { zh: '忙', en: 'busy' },
  fault: { zh: '故障', en: 'fault' },
  offline: { zh: '离线', en: 'offline' },
  online: { zh: '在线', en: 'online' },
  warning: { zh: '提醒', en: 'warning' },
  noSuchDevice: { zh: '没有这个设备', en: 'no such device' },

  selfTest: { zh: '自检', en: 'Self-test' },
  step: { zh: '步骤', en: 'Step' },
  result: { zh: '结果', en: 'Result' },
  time: { zh: '用时', en: 'Time' },
  detail: { zh: '说明', en: 'Detail' },
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '未通过', en: 'failed' },

  link: { zh: '线路', en: 'Link' },
  roundTrip: { zh: '往返', en: 'Round trip' },
  certificate: { zh: '证书有效至', en: 'Certificate until' },
  name: { zh: '域名', en: 'name' },
  tcp: { zh: 'TCP', en: 'TCP' },
  tls: { zh: 'TLS 与证书', en: 'TLS and certificates' },
  http: { zh: '平台应答', en: 'platform answers' },

  journal: { zh: '日志', en: 'Journal' },
  entries: { zh: '条数', en: 'Entries' },
  head: { zh: '链头', en: 'Head' },
  intact: { zh: '完整', en: 'intact' },
  brokenAt: { zh: '断于第', en: 'broken at' },

  versions: { zh: '版本', en: 'Versions' },
  program: { zh: '程序', en: 'Program' },
  version: { zh: '版本', en: 'Version' },
  started: { zh: '启动', en: 'Started' },
  problems: { zh: '需处理', en: 'To do' },
} as const satisfies Record<string, Words>;

export type WordKey = keyof typeof words;

export interface Speech {
  readonly say: (key: WordKey) => string;
  readonly choose: (text: Words) => string;
  /** A word of the contract (device state, stream, kind) if there is one, else the text itself. */
  readonly name: (text: string) => string;
  /** Code and what the technician does about it. */
  readonly explain: (code: string) => string;
  /** Local time, minutes. */
  readonly time: (instant: number | null | undefined) => string;
}

export function speech(language: Language): Speech {
  const say = (key: WordKey) => words[key][language];
  return {
    say,
    choose: (text) => text[language],
    name: (text) => (Object.hasOwn(words, text) ? say(text as WordKey) : text),
    explain: (code) => `${code}  ${explain(code).technician[language]}`,
    time(instant) {
      if (instant === null || instant === undefined) return '-';
      const date = new Date(instant);
      const two = (n: number) => String(n).padStart(2, '0');
      const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
    },
  };
}

/** --lang, else LC_ALL or LANG as every program of the system reads them. */
export function chooseLanguage(wanted: string | undefined, env: NodeJS.ProcessEnv): Language {
  const from = wanted ?? env['LC_ALL'] ?? env['LANG'] ?? '';
  return /^zh/i.test(from) ? 'zh' : 'en';
}
