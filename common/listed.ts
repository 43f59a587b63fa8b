/** The items that a list of many shows. */
export const mostListed = 12;

/** Lists names or places, the first dozen of them. */
export function listed(items: readonly string[]): string {
  const others = items.length - mostListed;
  return others <= 0 ? items.join(', ') : `${items.slice(0, mostListed).join(', ')} and ${others} more`;
}
