import type { Words } from '@kiosk/contract/services/common.ts';
import { words } from '../parts.ts';

export interface Purpose {
  readonly id: string;
  readonly name: Words;
}

/** What people most often need a deposit certificate for. */
export const PURPOSES: readonly Purpose[] = [
  { id: 'loan', name: words('申请商业贷款', 'A bank loan') },
  { id: 'residence', name: words('落户、居住证', 'Residence registration') },
  { id: 'school', name: words('子女入学', 'A child’s school') },
  { id: 'rent', name: words('申请公租房', 'Public rental housing') },
  { id: 'abroad', name: words('出国、签证', 'A visa') },
];
