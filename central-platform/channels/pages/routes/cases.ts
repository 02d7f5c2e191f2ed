import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fields, type Pages } from '../page.ts';
import { casesView, caseView } from '../views/cases.ts';
import { doneView } from '../views/parts.ts';

/** Cases of whoever is signed in: progress, missing papers, a rating. */
export function casePages(server: FastifyInstance, pages: Pages): void {
  const { readingOf, textsOf, show, failed, asked } = pages;

  server.get('/m/cases', async (request, reply) => {
    const found = await asked(request, reply, 'myCases');
    if (!found) return reply;
    const appointments = await asked(request, reply, 'myAppointments');
    if (!appointments) return reply;
    const { language } = readingOf(request);
    return show(request, reply, casesView(textsOf(request), language, found.rows, appointments.rows));
  });
  server.get<{ Params: { number: string } }>('/m/cases/:number', async (request, reply) => {
    const found = await asked(request, reply, 'myCase', { number: request.params.number });
    return found
      ? show(request, reply, caseView(textsOf(request), readingOf(request).language, found, undefined))
      : reply;
  });
  server.post<{ Params: { number: string } }>('/m/cases/:number/papers', async (request, reply) => {
    const t = textsOf(request);
    const form = await formOf(request);
    const file = form?.get('file');
    const material = form?.get('material');
    if (!(file instanceof Blob) || typeof material !== 'string') return failed(request, reply, 'E2603');
    const fileBase64 = Buffer.from(await file.arrayBuffer()).toString('base64');
    const { number } = request.params;
    const taken = await asked(request, reply, 'handInPaper', { number, material, fileBase64 });
    return taken ? show(request, reply, doneView(t, t.uploaded, t.uploadedHint, `/m/cases/${number}`)) : reply;
  });
  server.post<{ Params: { number: string } }>('/m/cases/:number/rating', async (request, reply) => {
    const t = textsOf(request);
    const { score, reason } = fields(request);
    const rated = await asked(request, reply, 'rate', {
      subject: request.params.number,
      score,
      ...(reason ? { reason } : {}),
    });
    return rated ? show(request, reply, doneView(t, t.thanks, undefined, '/m/cases')) : reply;
  });
}

/** undefined: it is no form. */
async function formOf(request: FastifyRequest): Promise<FormData | undefined> {
  if (!Buffer.isBuffer(request.body)) return undefined;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    return await new Response(new Uint8Array(request.body), { headers }).formData();
  } catch {
    return undefined;
  }
}
