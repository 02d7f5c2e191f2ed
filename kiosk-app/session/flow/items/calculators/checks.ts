import type { Question } from './calculator.ts';

/** Whether a value answers a question: inside its bounds, and a whole number where one is asked for. */
export function fits(question: Question, value: string): boolean {
  if ('choices' in question) return question.choices.some(({ id }) => id === value);
  const { field } = question;
  const number = Number(value);
  if (!/^\d{1,15}$/.test(value)) return false;
  switch (field.kind) {
    case 'money':
      return number >= field.minFen && number <= field.maxFen;
    case 'count':
      return number >= field.min && number <= field.max;
    case 'percent':
      return number >= field.minMilli && number <= field.maxMilli;
    default:
      return false;
  }
}
