import {
  ACCOUNT_STATES,
  CERTIFICATE_TYPES,
  CORRECTION_MARKS,
  ENTRY_KINDS,
  LOAN_ENTRY_KINDS,
  REPAYMENT_WAYS,
  SECURITY_KINDS,
  UNIT_ACCOUNT_STATES,
  WITHDRAWAL_REASONS,
  WITHDRAWAL_WAYS,
} from '@kiosk/domain/code-tables.ts';
import { C, D, DD, N, V, YM, type Field, type FieldType, type RecordType } from './fields.ts';

const has = (type: FieldType, name: string): Field => ({ type, name });
const may = (type: FieldType, name: string): Field => ({ type, name, optional: true });
const MONEY = N(18, 2);

/** Tables and fields of JGJ/T 320-2014 as far as they are exchanged here. Lengths are one system's: check against the printed standard. */
export const JGJT320 = {
  unit: {
    table: '4.0.2 缴存单位信息',
    fields: { DWMC: has(V(255), '单位名称'), DWZH: has(C(20), '单位账号'), DWDZ: may(V(255), '单位地址') },
  },
  person: {
    table: '4.0.3 个人信息',
    fields: {
      GRZH: has(C(20), '个人账号'),
      XingMing: has(V(120), '姓名'),
      XingBie: may(C(1), '性别'),
      SJHM: may(C(11), '手机号码'),
      ZJLX: { type: C(2), name: '证件类型', codes: CERTIFICATE_TYPES },
      ZJHM: has(C(18), '证件号码'),
      CSNY: may(YM, '出生年月'),
      JTZZ: may(V(255), '家庭住址'),
    },
  },
  unitAccount: {
    table: '5.0.2 单位账户',
    fields: {
      DWZH: has(C(20), '单位账号'),
      DWJCBL: has(N(4, 2), '单位缴存比例'),
      GRJCBL: has(N(4, 2), '个人缴存比例'),
      DWZHZT: { type: C(2), name: '单位账户状态', codes: UNIT_ACCOUNT_STATES },
      // The standard has it here; most centres' screens have it with the person.
      JZNY: may(YM, '缴至年月'),
    },
  },
  account: {
    table: '5.0.4 个人账户',
    fields: {
      GRZH: has(C(20), '个人账号'),
      GRJCJS: has(MONEY, '个人缴存基数'),
      GRZHZT: { type: C(2), name: '个人账户状态', codes: ACCOUNT_STATES },
      KHRQ: has(D, '开户日期'),
      GRZHYE: has(MONEY, '个人账户余额'),
      GRYJCE: has(MONEY, '个人月缴存额'),
      DWYJCE: has(MONEY, '单位月缴存额'),
      XHRQ: may(D, '销户日期'),
      XHYY: { type: C(2), name: '销户原因', codes: WITHDRAWAL_REASONS, optional: true },
      GRCKZHHM: may(V(30), '个人存款账户号码'),
      GRCKZHKHYHMC: may(V(255), '个人存款账户开户银行名称'),
      JZNY: may(YM, '缴至年月'),
    },
  },
  entry: {
    table: '5.0.5 个人业务明细',
    fields: {
      GRZH: has(C(20), '个人账号'),
      JZRQ: has(D, '记账日期'),
      GJHTQYWLX: { type: C(2), name: '归集和提取业务类型', codes: ENTRY_KINDS },
      FSE: has(MONEY, '发生额'),
      FSLXE: may(MONEY, '发生利息额'),
      TQYY: { type: C(2), name: '提取原因', codes: WITHDRAWAL_REASONS, optional: true },
      TQFS: { type: C(2), name: '提取方式', codes: WITHDRAWAL_WAYS, optional: true },
      HBJNY: may(YM, '汇补缴年月'),
      YWLSH: has(C(20), '业务流水号'),
      CZBZ: { type: C(2), name: '冲账标识', codes: CORRECTION_MARKS },
    },
  },
  loanContract: {
    table: '6.0.2 借款合同',
    fields: {
      JKHTBH: has(V(30), '借款合同编号'),
      DKDBLX: { type: C(2), name: '贷款担保类型', codes: SECURITY_KINDS },
      DKHKFS: { type: C(2), name: '贷款还款方式', codes: REPAYMENT_WAYS },
      HKZH: has(V(30), '还款账号'),
      ZHKHYHMC: has(V(255), '账户开户银行名称'),
      HTDKJE: has(MONEY, '合同贷款金额'),
      DKQS: has(N(4), '贷款期数'),
      FWZL: has(V(255), '房屋坐落'),
      FWZJ: has(MONEY, '房屋总价'),
      JKHTLL: has(N(8, 7), '借款合同利率'),
      JKRXM: has(V(120), '借款人姓名'),
      YDHKR: has(DD, '约定还款日'),
    },
  },
  loanAccount: {
    table: '6.0.5 贷款账户',
    fields: {
      DKZH: has(V(30), '贷款账号'),
      JKHTBH: has(V(30), '借款合同编号'),
      DKFFE: has(MONEY, '贷款发放额'),
      DKFFRQ: has(D, '贷款发放日期'),
      DKYE: has(MONEY, '贷款余额'),
      DKLL: has(N(8, 7), '贷款利率'),
      DKJQRQ: may(D, '贷款结清日期'),
      HSBJZE: has(MONEY, '回收本金总额'),
      HSLXZE: has(MONEY, '回收利息总额'),
      FXZE: has(MONEY, '罚息总额'),
      YQBJZE: has(MONEY, '逾期本金总额'),
      YQLXZE: has(MONEY, '逾期利息总额'),
      LJYQQS: has(N(4), '累计逾期期数'),
    },
  },
  loanEntry: {
    table: '6.0.6 贷款业务明细',
    fields: {
      DKZH: has(V(30), '贷款账号'),
      YWLSH: has(C(20), '业务流水号'),
      DKYWMXLX: { type: C(2), name: '贷款业务明细类型', codes: LOAN_ENTRY_KINDS },
      YWFSRQ: has(D, '业务发生日期'),
      FSE: has(MONEY, '发生额'),
      BJJE: has(MONEY, '本金金额'),
      LXJE: has(MONEY, '利息金额'),
      FXJE: has(MONEY, '罚息金额'),
      DQQC: may(N(4), '当期期次'),
      JZRQ: has(D, '记账日期'),
    },
  },
} as const satisfies Record<string, RecordType>;
