import type { CatalogueGroup } from './entry.ts';

/** The console of the centre's staff. `depositor` holds the words for whoever sits before it. */
export const consoleErrors = {
  E2501: {
    severity: 'person',
    depositor: { zh: '请先登录', en: 'Please sign in' },
    next: { zh: '登录后继续', en: 'Sign in to go on' },
    technician: { zh: '控制台会话不存在或已超时', en: 'No console session, or it has ended' },
  },
  E2502: {
    severity: 'person',
    depositor: { zh: '账号或口令不对', en: 'Login or secret is wrong' },
    next: { zh: '请核对后再试；多次错误会锁定', en: 'Check and try again; several wrong tries lock the account' },
    technician: { zh: '控制台登录失败', en: 'Console sign-in failed' },
  },
  E2503: {
    severity: 'person',
    depositor: { zh: '账号已锁定', en: 'This account is locked' },
    next: { zh: '请稍后再试，或请管理员解锁', en: 'Wait, or ask an administrator to unlock it' },
    technician: { zh: '多次登录失败，账号临时锁定', en: 'Account locked after wrong tries' },
  },
  E2504: {
    severity: 'person',
    depositor: { zh: '您的角色不能做这件事', en: 'Your role may not do this' },
    next: { zh: '请有权限的同事处理', en: 'Ask a colleague whose role may' },
    technician: { zh: '角色矩阵拒绝该操作', en: 'Refused by the role matrix' },
  },
  E2505: {
    severity: 'warning',
    depositor: { zh: '页面已过期', en: 'This page is out of date' },
    next: { zh: '请刷新页面后再试', en: 'Reload the page and try again' },
    technician: { zh: '缺少或不符的 CSRF 令牌', en: 'CSRF token is missing or wrong' },
  },
  E2506: {
    severity: 'person',
    depositor: { zh: '不能由本人来批准或更改', en: 'This cannot be done by the same person' },
    next: { zh: '请另一位同事处理', en: 'Ask another colleague' },
    technician: { zh: '双人复核：提出人与批准人相同', en: 'Two-person rule: proposer and approver are the same' },
  },
  E2507: {
    severity: 'person',
    depositor: { zh: '这件事已经处理过了', en: 'This has been decided already' },
    next: { zh: '请刷新查看结果', en: 'Reload to see how' },
    technician: { zh: '状态已变更', en: 'Its state has changed' },
  },
  E2508: {
    severity: 'person',
    depositor: { zh: '没有找到', en: 'Not found' },
    next: { zh: '请核对编号', en: 'Check the number' },
    technician: { zh: '控制台所指对象不存在', en: 'What the console names does not exist' },
  },
  E2510: {
    severity: 'person',
    depositor: { zh: '新口令太容易猜', en: 'The new secret is too easy to guess' },
    next: {
      zh: '至少 12 个字符，不含账号，不用常见口令',
      en: 'At least 12 characters, without the login, nothing common',
    },
    technician: { zh: '口令强度不足', en: 'Secret is too weak' },
  },
  E2511: {
    severity: 'person',
    depositor: { zh: '请先修改初始口令', en: 'Change the first secret before anything else' },
    next: { zh: '在“修改口令”页设置自己的口令', en: 'Set your own on the page for it' },
    technician: { zh: '初始口令未修改', en: 'The given secret has not been changed yet' },
  },
  E2514: {
    severity: 'warning',
    depositor: { zh: '已批准，但没有执行成功', en: 'Approved, but it could not be carried out' },
    next: { zh: '请看原因，修正后重新提出', en: 'See why, put it right and propose it again' },
    technician: {
      zh: '变更执行被拒：看变更记录中的代码',
      en: 'Applying the change was refused: see the code in its record',
    },
  },
  E2515: {
    severity: 'warning',
    depositor: { zh: '查看次数过多', en: 'Too many fields were shown' },
    next: { zh: '请稍后再试', en: 'Try again later' },
    technician: { zh: '敏感字段查看超过限额', en: 'Limit of reveals reached' },
  },
  E2516: {
    severity: 'person',
    depositor: { zh: '至少要留一位管理员', en: 'One administrator has to remain' },
    next: { zh: '请先任命另一位管理员', en: 'Appoint another administrator first' },
    technician: { zh: '不能停用最后一位管理员', en: 'The last administrator cannot be disabled' },
  },
} as const satisfies CatalogueGroup;
