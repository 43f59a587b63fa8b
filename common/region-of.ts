/** Returns the region that an ARN names; an empty text in an ARN of no region, undefined if it is cut off before. */
export function regionOf(arn: string): string | undefined {
  return arn.split(':')[3];
}
