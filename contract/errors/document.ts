import type { CatalogueGroup } from './entry.ts';

/** A4 printer. */
export const documentErrors = {
  E4101: {
    severity: 'fault',
    depositor: { zh: '打印机没有反应', en: 'The printer does not answer' },
    next: { zh: '请换一台机器打印', en: 'Please print at another machine' },
    technician: {
      zh: 'A4 打印机无应答：查供电、网线和 IPP 地址',
      en: 'A4 printer does not answer: check power, cable and IPP address',
    },
  },
  E4102: {
    severity: 'fault',
    depositor: { zh: '打印机缺纸', en: 'The printer is out of paper' },
    next: { zh: '请叫工作人员加纸，或换一台机器', en: 'Please call our staff or use another machine' },
    technician: {
      zh: 'A4 缺纸：打开下门，放入 A4 纸不超过红线，关门后按自检',
      en: 'A4 paper empty: open the lower door, load A4 below the red line, close, run the self-test',
    },
  },
  E4103: {
    severity: 'fault',
    depositor: { zh: '打印机卡纸', en: 'Paper is jammed in the printer' },
    next: { zh: '请叫工作人员处理', en: 'Please call our staff' },
    technician: {
      zh: 'A4 卡纸：按机内图示取出卡纸，关门后按自检',
      en: 'A4 jam: take the paper out as drawn inside, close, run the self-test',
    },
  },
  E4104: {
    severity: 'fault',
    depositor: { zh: '打印机门没有关好', en: 'The printer door is open' },
    next: { zh: '请叫工作人员处理', en: 'Please call our staff' },
    technician: { zh: 'A4 打印机盖或门打开', en: 'A4 printer cover or door open' },
  },
  E4105: {
    severity: 'fault',
    depositor: { zh: '打印机没有墨粉了', en: 'The printer has no toner' },
    next: { zh: '请换一台机器打印', en: 'Please print at another machine' },
    technician: { zh: '墨粉用尽：更换粉盒后按自检', en: 'Toner empty: replace the cartridge, run the self-test' },
  },
  E4106: {
    severity: 'fault',
    depositor: { zh: '打印没有成功', en: 'The print did not succeed' },
    next: { zh: '请重试一次，或换一台机器', en: 'Please try once more or use another machine' },
    technician: {
      zh: '打印任务被打印机中止：看任务状态和原因',
      en: 'Job aborted by the printer: see job state and reasons',
    },
  },
  E4107: {
    severity: 'fault',
    depositor: { zh: '不能确定有没有打出来', en: 'We cannot tell whether it was printed' },
    next: {
      zh: '请看出纸口；没有出来的话，请到窗口凭编号补打',
      en: 'Please look at the tray; if nothing is there, the counter can reprint by the number',
    },
    technician: {
      zh: '打印结果不明：按任务号向打印机查询，人工确认',
      en: 'Print outcome unknown: ask the printer for the job, then a person decides',
    },
  },
  E4108: {
    severity: 'fault',
    depositor: { zh: '出纸口满了', en: 'The output tray is full' },
    next: { zh: '请取走出纸口的纸', en: 'Please take the paper from the tray' },
    technician: { zh: '出纸盘满', en: 'Output tray full' },
  },
  E4109: {
    severity: 'warning',
    depositor: { zh: '打印机快没纸了', en: 'The printer is nearly out of paper' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: { zh: 'A4 纸将尽', en: 'A4 paper low' },
  },
  E4110: {
    severity: 'warning',
    depositor: { zh: '墨粉将尽', en: 'Toner is low' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: { zh: '墨粉将尽：备好粉盒', en: 'Toner low: have a cartridge ready' },
  },
  E4111: {
    severity: 'person',
    depositor: { zh: '打印已取消', en: 'Printing was cancelled' },
    next: { zh: '已经打出的页请拿走', en: 'Please take the pages that are out' },
    technician: { zh: '使用者取消打印', en: 'Cancelled by the person' },
  },
  E4112: {
    severity: 'fault',
    depositor: { zh: '这台机器暂时不能打印', en: 'This machine cannot print at the moment' },
    next: { zh: '请换一台机器或到柜台办理', en: 'Please use another machine or go to the counter' },
    technician: {
      zh: '打印机不收 PDF（只收光栅格式）：换收 PDF 的打印机，或用 CUPS 队列转换',
      en: 'The printer takes no PDF, only raster: use one that takes PDF, or a CUPS queue that converts',
    },
  },
  E4113: {
    severity: 'warning',
    depositor: { zh: '只能单面打印', en: 'Printing on one side only' },
    next: { zh: '可以继续使用', en: 'You can go on' },
    technician: {
      zh: '打印机不支持配置的单双面方式：查双面器，或改机器配置的 sides',
      en: 'The printer cannot print on the configured sides: see its duplexer, or change sides in the machine file',
    },
  },
  E4114: {
    severity: 'warning',
    depositor: { zh: '打印队列需要检查', en: 'The print queue needs a look' },
    next: { zh: '可以继续使用', en: 'You can go on' },
    technician: {
      zh: '打印队列出错后会重打整份文件：lpadmin -p 队列名 -o printer-error-policy=abort-job',
      en: 'After an error the queue prints the whole document again: lpadmin -p QUEUE -o printer-error-policy=abort-job',
    },
  },
} as const satisfies CatalogueGroup;
