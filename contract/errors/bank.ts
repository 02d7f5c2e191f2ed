import type { CatalogueGroup } from './entry.ts';

/** Bank card, PIN pad, scanner, I/O board, plug-ins. */
export const bankErrors = {
  E1301: {
    severity: 'fault',
    depositor: { zh: '银行卡读卡器没有反应', en: 'The bank card reader does not answer' },
    next: { zh: '请换一种方式核验，或找工作人员', en: 'Please use another way or ask our staff' },
    technician: {
      zh: '银行卡读卡器无应答：检查供电、连线和端口设置，再按自检',
      en: 'Bank card reader does not answer: check power, cable and port, then run the self-test',
    },
  },
  E1302: {
    severity: 'person',
    depositor: { zh: '银行卡拿开得太早，没有读完', en: 'The bank card was taken out before it was read' },
    next: { zh: '请重新插入，听到提示音再取', en: 'Please insert it again and wait for the sound' },
    technician: { zh: '读卡中途拔卡，属正常操作', en: 'Card was pulled while it was read; normal use' },
  },
  E1303: {
    severity: 'person',
    depositor: { zh: '这张银行卡没有读出来', en: 'This bank card could not be read' },
    next: {
      zh: '请看清方向再插一次，或换一张卡',
      en: 'Please check the direction and try once more, or use another card',
    },
    technician: {
      zh: '芯片和磁条都读不出：看状态字；多张卡都失败时清洁或更换读卡器',
      en: 'Neither chip nor stripe readable: see the status word; if several cards fail, clean or replace the reader',
    },
  },
  E1304: {
    severity: 'person',
    depositor: { zh: '请取走您的银行卡', en: 'Please take your bank card' },
    next: { zh: '卡在插卡口', en: 'It is at the card slot' },
    technician: { zh: '卡未取走：按策略超时回收', en: 'Card not taken: retained after the time the policy sets' },
  },
  E1305: {
    severity: 'fault',
    depositor: { zh: '银行卡卡在机器里了', en: 'The bank card is stuck in the machine' },
    next: { zh: '请不要离开，马上叫工作人员', en: 'Please stay here and call our staff' },
    technician: {
      zh: '卡机卡卡：断电开门取出，登记后交还',
      en: 'Card jammed: power off, open, take it out, log it, hand it back',
    },
  },
  E1306: {
    severity: 'fault',
    depositor: { zh: '银行卡读卡器暂停使用', en: 'The bank card reader is out of use' },
    next: { zh: '请换一种方式核验', en: 'Please use another way' },
    technician: { zh: '吞卡箱已满：开门清空并登记', en: 'Bin of retained cards is full: open, empty and log it' },
  },
  E1307: {
    severity: 'fault',
    depositor: { zh: '说不准您的银行卡在哪里', en: 'We cannot say where your bank card is' },
    next: { zh: '请不要离开，马上叫工作人员', en: 'Please stay here and call our staff' },
    technician: {
      zh: '回收中断，卡的去向不明：开门查插卡口、通道和吞卡箱，登记',
      en: 'Retaining was cut off: look for the card at the gate, in the path and in the bin, and log it',
    },
  },
  E1308: {
    severity: 'fault',
    depositor: { zh: '银行卡读卡器出了故障', en: 'The bank card reader is faulty' },
    next: { zh: '请换一种方式核验，或找工作人员', en: 'Please use another way or ask our staff' },
    technician: {
      zh: '卡机报告传感器、电机、闸门等故障：看错误号，断电重启，仍报则更换',
      en: 'Reader reports a faulty sensor, motor or shutter: see its error number, switch it off and on, else replace it',
    },
  },
  E1401: {
    severity: 'fault',
    depositor: { zh: '密码键盘没有反应', en: 'The PIN pad does not answer' },
    next: { zh: '请换一种方式核验，或找工作人员', en: 'Please use another way or ask our staff' },
    technician: {
      zh: '密码键盘无应答：检查供电和连线，再按自检',
      en: 'PIN pad does not answer: check power and cable, then run the self-test',
    },
  },
  E1402: {
    severity: 'fault',
    depositor: { zh: '密码键盘还不能使用', en: 'The PIN pad is not ready for use' },
    next: { zh: '请换一种方式核验', en: 'Please use another way' },
    technician: {
      zh: '密钥未灌装或校验值不符：由两人灌装主密钥',
      en: 'Keys missing or check value wrong: two persons load the master key',
    },
  },
  E1403: {
    severity: 'alarm',
    depositor: { zh: '密码键盘已停用', en: 'The PIN pad is out of use' },
    next: { zh: '请不要输入密码，换一种方式核验', en: 'Please do not type your PIN; use another way' },
    technician: {
      zh: '键盘被拆动或移位，密钥已自毁：停用并报安全员',
      en: 'Pad was opened or moved, its keys are gone: out of service, tell the security officer',
    },
  },
  E1404: {
    severity: 'person',
    depositor: { zh: '已取消输入密码', en: 'PIN entry was cancelled' },
    next: { zh: '可以重新开始', en: 'You can start again' },
    technician: { zh: '使用者按了取消键', en: 'The person pressed cancel' },
  },
  E1501: {
    severity: 'fault',
    depositor: { zh: '扫码器没有反应', en: 'The code scanner does not answer' },
    next: { zh: '请换一种方式', en: 'Please use another way' },
    technician: {
      zh: '扫码器无应答：检查供电和连线，确认为串口模式',
      en: 'Scanner does not answer: check power and cable, and that it is in serial mode',
    },
  },
  E1502: {
    severity: 'person',
    depositor: { zh: '这个码不能用', en: 'This code cannot be used here' },
    next: { zh: '请出示公积金的二维码', en: 'Please show a code of the provident fund' },
    technician: { zh: '扫到的内容不合规则，已丢弃', en: 'What was scanned breaks the rules for codes and was dropped' },
  },
  E1601: {
    severity: 'fault',
    depositor: { zh: '机器的指示灯没有反应', en: 'The guide lights do not answer' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: {
      zh: 'I/O 板无应答：检查 RS-485 连线和地址',
      en: 'I/O board does not answer: check the RS-485 line and its address',
    },
  },
  E1602: {
    severity: 'alarm',
    depositor: { zh: '本机正在检修', en: 'This machine is being serviced' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '机柜门打开或防拆开关触发', en: 'Cabinet door open or tamper switch triggered' },
  },
  E1701: {
    severity: 'fault',
    depositor: { zh: '这一步现在不能用', en: 'This step cannot be used now' },
    next: { zh: '请换一种方式', en: 'Please use another way' },
    technician: {
      zh: '厂商插件退出、超时或应答有误：看插件日志',
      en: 'Vendor plug-in ended, hung or answered nonsense: see its log',
    },
  },
  E1702: {
    severity: 'fault',
    depositor: { zh: '这一步现在不能用', en: 'This step cannot be used now' },
    next: { zh: '请换一种方式', en: 'Please use another way' },
    technician: {
      zh: '厂商插件没有配置里要求的能力：核对程序、版本和许可',
      en: 'Vendor plug-in does not offer what the configuration asks of it: check program, version and licence',
    },
  },
} as const satisfies CatalogueGroup;
