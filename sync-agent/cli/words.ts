import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';

/** Everything this command says, in both languages. */
export const words = {
  usage: {
    zh: `用法：kiosk-service 命令 [选项]

命令
  status          整机一览
  queue           待送达的记录（只有数量，没有内容）
  devices         各设备状态；也可接
    list                    有哪些设备，各能做什么
    status [设备]           详细状态、耗材、计数
    watch [设备]            状态有变即显示，Ctrl+C 结束
    history 设备            状态变化记录
    self-test 设备|all      自检（各设备同时进行）
    read 设备               试读一张卡或一个码，只显示掩码
    print 设备              打印测试小票或测试页
    trace 设备 [on|off|show]  收发字节（个人信息不显示）
  test 设备|all   同 devices self-test
  link            线路状态与逐级测试
  reconcile       对账：链头、日结、未结差异；--now 先立即对一次
  journal         日志（标 * 的命令，sync-agent 停着也能用）
    verify *                从头校验日志链
    show *                  列出记录：流、序号、时间、类别（不含个人信息）
    export 目录 *           导出已签名的日志包，写到 U 盘；--waiting 只导出未送达的
    backup *                立即备份到备份盘
    restore 文件            由备份或日志包恢复（须先停 sync-agent）
    rejoin                  磁盘还原成旧镜像后，与平台重新接上
  enrol --code 登记码  登记本机：生成密钥，领取证书（不需登录，须先停 sync-agent）
    --platform 网址         平台地址，缺省取配置
    --new-signing-key       连日志签名密钥也换新的（缺省保留已有的）
  version         各程序版本（不需登录）

选项
  --config 文件       终端配置，缺省取 KIOSK_CONFIG
  --name 姓名         维护人员，缺省取 KIOSK_TECHNICIAN 或询问
  --secret-file 文件  从文件读口令，缺省取 KIOSK_SECRET 或询问（不回显）
  --lang zh|en        语言，缺省按 LANG
  --json              供脚本读取
  journal show：--stream 流 --type 类别 --since 时间 --until 时间 --limit 条数（缺省 50）

退出码：0 正常，1 有问题，2 用法不对，3 登录被拒，4 程序未运行`,
    en: `Usage: kiosk-service COMMAND [OPTIONS]

Commands
  status           the whole machine at a glance
  queue            records still to be delivered (how many, never what)
  devices          state of every device; or, followed by
    list                     which devices there are and what they can do
    status [DEVICE]          state, supplies and counters in full
    watch [DEVICE]           every change as it comes; Ctrl+C ends it
    history DEVICE           how its state changed
    self-test DEVICE|all     self-test, all devices at the same time
    read DEVICE              reads one card or code on trial, shown masked
    print DEVICE             prints a test slip or a test page
    trace DEVICE [on|off|show]  bytes to and from it, personal ones left out
  test DEVICE|all  the same as devices self-test
  link             state of the line, and a test step by step
  reconcile        heads, daily closes and open differences; --now: compares everything first
  journal          the journal; what has a * works with the sync-agent stopped, too
    verify *                 checks its chain from the start
    show *                   lists entries: stream, sequence, time, kind, nothing of anybody
    export FOLDER *          writes a signed bundle to a USB stick; --waiting: only what is not delivered
    backup *                 copies it to the backup disk now
    restore FILE             from a backup or a bundle (stop the sync-agent first)
    rejoin                   after an old disk image was put back: makes it one with the platform again
  enrol --code CODE  makes keys and fetches this machine's certificate (no sign-in; stop the sync-agent first)
    --platform URL           instead of the configuration's
    --new-signing-key        a new key for the journal, too; else the one that is there is kept
  version          versions of the programs (no sign-in)

Options
  --config FILE       terminal configuration; default KIOSK_CONFIG
  --name NAME         technician; default KIOSK_TECHNICIAN, or asks
  --secret-file FILE  reads the secret from a file; default KIOSK_SECRET, or asks without echo
  --lang zh|en        language; default by LANG
  --json              for scripts
  journal show: --stream STREAM --type KIND --since TIME --until TIME --limit COUNT (default 50)

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

  configuration: { zh: '中心下发', en: 'From the centre' },
  channel: { zh: '渠道', en: 'Channel' },
  channelOpen: { zh: '开放', en: 'open' },
  channelStopped: { zh: '停用', en: 'stopped' },
  parameters: { zh: '参数', en: 'Parameters' },
  safeDefaults: { zh: '安全缺省值（从未收到）', en: 'safe defaults (none ever came)' },
  notice: { zh: '公告', en: 'Notice' },
  waitingRequests: { zh: '待送达申请 / 上限', en: 'Waiting requests / limit' },
  waitingAmount: { zh: '待送达金额 / 上限（元）', en: 'Waiting amount / limit (yuan)' },
  oldestWaiting: { zh: '最早一笔 / 离线时限', en: 'Oldest / offline limit' },
  perPersonDay: { zh: '每人每日离线上限', en: 'Offline, a person a day' },
  command: { zh: '远程命令', en: 'Remote command' },
  refused: { zh: '被拒的下发', en: 'Refused' },

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
  driver: { zh: '驱动', en: 'Driver' },
  identity: { zh: '自称', en: 'Calls itself' },
  capabilities: { zh: '能力', en: 'Can' },
  supply: { zh: '耗材', en: 'Supply' },
  paper: { zh: '纸', en: 'paper' },
  toner: { zh: '墨粉', en: 'toner' },
  retainedCards: { zh: '吞卡箱', en: 'bin of retained cards' },
  other: { zh: '其他', en: 'other' },
  full: { zh: '充足', en: 'full' },
  low: { zh: '将尽', en: 'low' },
  out: { zh: '用完', en: 'out' },
  unknown: { zh: '不明', en: 'unknown' },
  history: { zh: '状态变化', en: 'Changes of state' },
  read: { zh: '试读', en: 'Read' },
  printed: { zh: '打印', en: 'Printed' },
  pages: { zh: '页数', en: 'Pages' },
  slipsOut: { zh: '小票', en: 'Slips' },
  done: { zh: '完成', en: 'done' },
  layIdCard: {
    zh: '请放上一张身份证（60 秒，Ctrl+C 结束）',
    en: 'Lay an ID card on the reader (60 s, Ctrl+C ends it)',
  },
  insertBankCard: { zh: '请插入一张银行卡（60 秒）', en: 'Insert a bank card (60 s)' },
  takeBankCard: { zh: '请取走银行卡', en: 'Take the bank card' },
  found: { zh: '已找到卡', en: 'card found' },
  inserted: { zh: '已插卡', en: 'card inserted' },
  reading: { zh: '正在读', en: 'reading' },
  cardsRead: { zh: '读卡', en: 'cards read' },
  cardsRetained: { zh: '吞卡', en: 'cards retained' },
  slips: { zh: '小票', en: 'slips' },
  sheets: { zh: '用纸', en: 'sheets' },
  pins: { zh: '输密', en: 'PINs' },
  codes: { zh: '扫码', en: 'codes' },
  resets: { zh: '复位', en: 'resets' },
  driverFaults: { zh: '驱动故障', en: 'driver faults' },
  showCode: { zh: '请出示一个码（60 秒）', en: 'Show a code (60 s)' },
  holder: { zh: '姓名', en: 'Name' },
  resident: { zh: '居民身份证', en: 'resident ID card' },
  cardKind: { zh: '证件', en: 'Card' },
  idNumber: { zh: '证件号码', en: 'ID number' },
  validTo: { zh: '有效期至', en: 'Valid to' },
  why: { zh: '为何要查', en: 'checks' },
  remedy: { zh: '怎么办', en: 'what to do' },
  bankCardReader: { zh: '银行卡读卡器', en: 'bank card reader' },
  pinPad: { zh: '密码键盘', en: 'PIN pad' },
  codeScanner: { zh: '扫码器', en: 'code scanner' },
  ioBoard: { zh: 'I/O 板', en: 'I/O board' },
  vendorPlugin: { zh: '厂商插件', en: 'vendor plug-in' },
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
  sequence: { zh: '序号', en: 'Sequence' },
  written: { zh: '已写', en: 'written' },
  exported: { zh: '已导出，可以拔出 U 盘', en: 'Exported; the stick can be taken out' },
  file: { zh: '文件', en: 'File' },
  size: { zh: '大小', en: 'Size' },
  backup: { zh: '备份', en: 'Backup' },
  restored: { zh: '已恢复', en: 'Restored' },
  upTo: { zh: '至', en: 'up to' },
  keptAs: { zh: '原日志保留为', en: 'The journal that was here is kept as' },
  carriedOver: { zh: '原日志并入的记录', en: 'Records of it carried over' },
  rejoined: { zh: '已与平台接上', en: 'One with the platform again' },
  forkedAt: { zh: '相同至', en: 'Same up to' },
  pulled: { zh: '从平台取回', en: 'Brought back' },
  moved: { zh: '本机记录改序号', en: 'Own, renumbered' },
  stopAgent: { zh: '请先停 sync-agent', en: 'stop the sync-agent first' },
  intact: { zh: '完整', en: 'intact' },
  brokenAt: { zh: '断于第', en: 'broken at' },

  reconciliation: { zh: '对账', en: 'Reconciliation' },
  openDay: { zh: '当前营业日', en: 'Day that runs' },
  headsCompared: { zh: '链头核对', en: 'Heads compared' },
  closes: { zh: '日结', en: 'Daily closes' },
  closeNumber: { zh: '号', en: 'No.' },
  day: { zh: '营业日', en: 'Day' },
  equal: { zh: '一致', en: 'equal' },
  differs: { zh: '不平', en: 'differs' },
  notCompared: { zh: '待平台核对', en: 'not compared yet' },
  cards: { zh: '吞卡', en: 'cards kept' },
  first: { zh: '首次，无从比较', en: 'first, nothing to compare with' },
  away: { zh: '设备程序未应答，不可比', en: 'device-host was away, not comparable' },
  exchanged: { zh: '设备已更换，不可比', en: 'device exchanged, not comparable' },
  reset: { zh: '计数归零，不可比', en: 'counter was reset, not comparable' },
  cases: { zh: '未结差异', en: 'Open differences' },
  heads: { zh: '链头', en: 'heads' },
  totals: { zh: '合计', en: 'sums' },
  firstAt: { zh: '自第', en: 'from entry' },
  here: { zh: '本机', en: 'here' },
  there: { zh: '平台', en: 'platform' },
  caseNumber: { zh: '案号', en: 'case' },
  requests: { zh: '申请', en: 'requests' },
  printsIntended: { zh: '拟打印', en: 'prints intended' },
  printsDone: { zh: '已打印', en: 'prints done' },
  printsFailed: { zh: '打印失败', en: 'prints failed' },
  printsUnknown: { zh: '打印不明', en: 'prints unknown' },

  enrolled: { zh: '已登记', en: 'Enrolled' },
  askCode: { zh: '登记码：', en: 'Enrolment code: ' },
  serialNumber: { zh: '证书序列号', en: 'Serial number' },
  renewFrom: { zh: '自动更新始于', en: 'Renews itself from' },
  signingKey: { zh: '日志签名密钥', en: 'Signing key' },
  keptKey: { zh: '沿用原有', en: 'kept' },
  newKey: { zh: '新生成', en: 'new' },
  next: { zh: '下一步', en: 'Next' },
  startAgent: { zh: '启动 sync-agent', en: 'start the sync-agent' },
  sameCode: {
    zh: '密钥已保存。十分钟内用同一登记码再运行一次即可，应答丢失也不要紧；过后若答 E3111，请中心另发一个码',
    en: 'Keys are kept. Run it again with the same code within ten minutes, lost answer or not; should it be E3111 later, ask for another code',
  },
  otherCode: {
    zh: '密钥已保存。拿到新登记码后再运行一次即可',
    en: 'Keys are kept. Run it again with the new code',
  },
  renewed: { zh: '证书更新于', en: 'Certificate renewed' },
  notRenewed: { zh: '证书未能更新', en: 'Certificate not renewed' },

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
