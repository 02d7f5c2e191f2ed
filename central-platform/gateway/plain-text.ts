/**
 * True when a string somewhere in a parsed body has a NUL: no name, number or code has one, PostgreSQL takes none in a text, and
 * programs written in C end a string there. Walks without recursion, so that depth costs nothing.
 */
export function hasNul(body: unknown): boolean {
  const open: unknown[] = [body];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      if (value.includes('\0')) return true;
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inside] of Object.entries(value)) open.push(key, inside);
    }
  }
  return false;
}
