/** Room for rows, in points. */
export interface PageRoom {
  readonly first: number;
  readonly following: number;
  /** What stands under the last row and may not be torn from it: total, seal, code. */
  readonly tail: number;
  /** So many rows go with the tail when it needs a page of its own, so that a seal never stands on an empty page. */
  readonly rowsWithTail: number;
}

/**
 * Cuts rows into pages: returns, for each page, the index after its last row. Every page but a tail page is filled from the
 * top; the tail fits under the rows of the last page. Throws when a row or the tail fits on no page at all.
 */
export function cutIntoPages(heights: readonly number[], room: PageRoom): number[] {
  const biggest = Math.max(0, ...heights);
  if (biggest > room.first || biggest > room.following || room.tail > room.first || room.tail > room.following) {
    throw new RangeError('a row or the end of the document is higher than a page');
  }
  const ends: number[] = [];
  let start = 0;
  for (;;) {
    const capacity = ends.length === 0 ? room.first : room.following;
    const rest = heights.slice(start).reduce((sum, height) => sum + height, 0);
    if (rest + room.tail <= capacity) return [...ends, heights.length];

    let end = start;
    let used = 0;
    while (end < heights.length && used + heights[end]! <= capacity) used += heights[end++]!;
    if (end === heights.length) end = Math.max(start + 1, heights.length - rowsThatFit(heights, start, room));
    ends.push(end);
    start = end;
  }
}

/** How many of the last rows can go over to a page with the tail: as many as wished, fewer when they are high. */
function rowsThatFit(heights: readonly number[], start: number, room: PageRoom): number {
  let count = 0;
  let used = room.tail;
  while (count < room.rowsWithTail && heights.length - count - 1 > start) {
    used += heights[heights.length - count - 1]!;
    if (used > room.following) break;
    count++;
  }
  return count;
}
