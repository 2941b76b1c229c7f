/** Wilson's interval as textbooks write it: centre and half width. The SQL functions are held against it. */
export function wilson(count: number, total: number, z: number): { low: number; high: number } {
  const rate = count / total;
  const centre = (rate + z ** 2 / (2 * total)) / (1 + z ** 2 / total);
  const half = (z / (1 + z ** 2 / total)) * Math.sqrt((rate * (1 - rate)) / total + z ** 2 / (4 * total ** 2));
  return { low: centre - half, high: centre + half };
}
