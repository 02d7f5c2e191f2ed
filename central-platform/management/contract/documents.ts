import { z } from 'zod';
import { DateText, Instant, Words } from './common.ts';
import { get, page, Paged } from './route.ts';

export const DocumentLine = z.object({
  documentNumber: z.string(),
  kind: z.string(),
  kindName: Words,
  state: z.enum(['issuing', 'valid', 'cancelled', 'expired']),
  terminalId: z.string(),
  issuedAt: Instant,
  pages: z.number().int().nullable(),
  prints: z.number().int(),
  sha256: z.string().nullable(),
  /** Masked. */
  name: z.string().nullable(),
  account: z.string().nullable(),
  /** A change that would cancel it waits. */
  cancelChange: z.number().int().nullable(),
});
export type DocumentLine = z.infer<typeof DocumentLine>;

/** Cancelling one is a change (`document.cancel`). */
export const documentRoutes = {
  documents: get(
    '/documents',
    z.object({
      ...Paged,
      words: z.string().max(40).optional(),
      state: z.enum(['valid', 'cancelled', 'expired']).optional(),
      from: DateText.optional(),
      to: DateText.optional(),
    }),
    page(DocumentLine),
  ),
  document: get('/documents/:documentNumber', z.object({ documentNumber: z.string().max(40) }), DocumentLine),
  /** What holders asked to have cancelled and nobody has decided. */
  cancelRequests: get(
    '/cancel-requests',
    z.object({}),
    z.object({
      rows: z.array(
        z.object({ documentNumber: z.string(), requestedAt: Instant, reason: z.string(), channelId: z.string() }),
      ),
    }),
  ),
};
