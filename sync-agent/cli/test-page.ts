import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';

/** A slip that shows width, weight, Chinese characters, a code and the cutter; it says nothing of anybody. */
export function testSlip(number: string, at: string): SlipDocumentInput {
  return {
    number,
    blocks: [
      { type: 'text', text: '小票打印机测试', align: 'center', size: 2, bold: true },
      { type: 'text', text: 'Test of the slip printer', align: 'center' },
      { type: 'rule' },
      { type: 'row', label: '编号 Number', value: number },
      { type: 'row', label: '时间 Time', value: at },
      { type: 'text', text: '0---------1---------2---------3---------4-------' },
      { type: 'qr', data: `TEST ${number}` },
      { type: 'rule' },
    ],
  };
}

/** One A4 page as PDF: a frame 10 mm from the edge and a line of text, in a font that every printer has. */
export function testPage(number: string, at: string): Buffer {
  const drawing = [
    '1 w 28.35 28.35 538.58 785.19 re S',
    `BT /F1 24 Tf 60 740 Td (Test page ${number}) Tj ET`,
    `BT /F1 14 Tf 60 710 Td (${at}) Tj ET`,
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const place = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = file.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
