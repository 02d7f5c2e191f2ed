import type { Words } from './common.ts';

/** What a step of a self-test is called, and why it is made. */
export interface SelfTestWords {
  readonly title: Words;
  readonly why: Words;
}

const step = (zh: string, en: string, whyZh: string, whyEn: string): SelfTestWords => ({
  title: { zh, en },
  why: { zh: whyZh, en: whyEn },
});

/** By the name that a step carries. Every name that a driver of the product uses is here. */
export const selfTestWords = {
  port: step('端口', 'port', '系统里有没有这个端口', 'whether the system has this port at all'),
  connection: step('连接', 'connection', '线路是否接通', 'whether the line is open'),
  answer: step('应答', 'answer', '设备是否应答状态询问', 'whether the device answers when asked for its state'),
  answers: step('应答', 'answer', '设备是否应答状态询问', 'whether the device answers when asked for its state'),
  ready: step('就绪', 'ready', '现在能不能工作', 'whether it can work now'),
  'security module': step('安全模块', 'security module', '安全模块自检是否通过', 'whether the security module works'),
  'module number': step('模块编号', 'module number', '模块是否报出编号', 'whether the module tells who it is'),
  antenna: step('天线', 'antenna', '能不能找卡', 'whether a card can be looked for'),
  cover: step('上盖', 'cover', '上盖是否关好', 'whether the cover is closed'),
  paper: step('纸', 'paper', '纸是否够用', 'whether there is paper'),
  cutter: step('切刀', 'cutter', '切刀是否回位', 'whether the cutter is home'),
  pdf: step('PDF', 'PDF', '打印机是否收 PDF', 'whether the printer takes PDF'),
  sides: step(
    '单双面',
    'Sides',
    '打印机能否按配置单面或双面打印',
    'whether the printer prints on the configured sides',
  ),
  queue: step('打印队列', 'queue', '打印队列会不会重打文件', 'whether the print queue may print a document twice'),
  a4: step('A4', 'A4', '打印机是否有 A4 纸', 'whether the printer knows A4 paper'),
  sensors: step('传感器', 'sensors', '卡道传感器是否正常', 'whether the sensors of the card path answer'),
  'card path': step('卡道', 'card path', '卡道里有没有卡', 'whether a card is left inside'),
  'pad answers': step('应答', 'answer', '键盘是否应答', 'whether the pad answers'),
  scanner: step('扫码器', 'scanner', '扫码器是否在工作', 'whether the scanner is at work'),
  service: step('读卡服务', 'card service', '系统的读卡服务是否在运行', 'whether the card service of the system runs'),
  reader: step('读卡器', 'reader', '系统里有没有这个读卡器', 'whether the system has this reader'),
  'board answers': step('应答', 'answer', '控制板是否应答', 'whether the board answers'),
  outputs: step('输出', 'outputs', '灯和蜂鸣器的状态能否读回', 'whether lights and sounder read back'),
  'cabinet closed': step('机柜', 'cabinet', '门是否关好、未被拆动', 'whether the cabinet is closed and untouched'),
  firmware: step('固件', 'firmware', '键盘是否报出版本', 'whether the pad tells its version'),
  'in its place': step('在位', 'in its place', '键盘是否被拆动或移位', 'whether the pad was opened or moved'),
  keys: step('密钥', 'keys', '工作密钥是否齐全', 'whether its keys are loaded'),
  program: step(
    '程序',
    'program',
    '配置的程序在不在、能不能运行',
    'whether the configured program is there and may be run',
  ),
  'says who it is': step('自报', 'says who it is', '程序启动后是否报出名称', 'whether it starts and tells its name'),
  offers: step('能力', 'offers', '配置要求的能力是否都有', 'whether it offers what the configuration asks for'),
  photo: step('照片解码', 'photo', '给一张空照片，有没有应答', 'whether it answers to an empty picture'),
  face: step('人脸比对', 'face', '给两张空照片，有没有应答', 'whether it answers to two empty pictures'),
  fingerprint: step('指纹比对', 'fingerprint', '给两份空指纹，有没有应答', 'whether it answers to two empty templates'),
} as const satisfies Record<string, SelfTestWords>;

/** undefined: a name from a driver of another release. */
export function wordsOfStep(name: string): SelfTestWords | undefined {
  return Object.hasOwn(selfTestWords, name) ? selfTestWords[name as keyof typeof selfTestWords] : undefined;
}
