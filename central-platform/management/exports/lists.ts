import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { addDays, monthOf, shanghaiDate } from '@kiosk/domain/dates.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { ExportList } from '../contract/analysis.ts';
import { mayCall } from '../contract/roles.ts';
import type { Handlers } from '../handlers.ts';
import { CONTROL_LISTS } from './control-lists.ts';
import { csvOf } from './csv.ts';
import type { Exported, Pages } from './listed.ts';
import { pdfOf } from './pdf.ts';
import type { ListTable } from './table.ts';
import { WORK_LISTS } from './work-lists.ts';

const LISTS: Readonly<Record<ExportList, Exported>> = { ...WORK_LISTS, ...CONTROL_LISTS };

export interface ExportParts {
  readonly clock: Clock;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly pages: Pages;
  readonly fontsDir: string;
  readonly centre: { readonly zh: string; readonly en: string };
}

/** Lists as files, masked as on the page; who took which is logged. */
export function exportHandlers({ clock, audit, pages, fontsDir, centre }: ExportParts): Handlers<'exportList'> {
  return {
    async exportList({ list, format, language, ...given }, caller) {
      const { route, title, columns, rows } = LISTS[list];
      const { login, role } = caller.member;
      if (!mayCall(route, role)) return fail('E2504');
      const at = clock.now();
      const today = shanghaiDate(at);
      const { from = addDays(today, -29), to = today, month = monthOf(today) } = given;
      const found = await rows(pages, { from, to, month, language }, caller);
      if (!found.ok) return found;
      const filled = columns.map((_, i) => i);
      const text = found.value.map((row) => filled.map((i) => String(row[i] ?? '')));
      const table: ListTable = { title, columns, rows: text };
      await audit.append({
        ...{ at, actor: login, action: 'list.exported', subject: list, detail: { format, rows: text.length } },
      });
      const name = `${list}-${shanghaiDate(at)}.${format}`;
      if (format === 'csv') {
        const bytes = csvOf([columns.map(({ head }) => head[language]), ...text]);
        return ok({ name, type: 'text/csv; charset=utf-8', bytes });
      }
      const bytes = await pdfOf(table, { language, at, by: login, fontsDir, centre });
      return ok({ name, type: 'application/pdf', bytes });
    },
  };
}
