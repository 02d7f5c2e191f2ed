/** What a store counts of uses of items, in memory. */
export function useCounter() {
  const sums = new Map<string, number>();
  return {
    sums,
    async useItem(day: string, item: string, what: string, by: number, most: number): Promise<boolean> {
      const sum = (sums.get(`${day} ${item} ${what}`) ?? 0) + by;
      if (sum > most) return false;
      sums.set(`${day} ${item} ${what}`, sum);
      return true;
    },
    forgetItemUse: async () => {},
  };
}
