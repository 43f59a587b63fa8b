/** Old machines that run on after a deployment. */
export interface WarmMachines {
  count: number;
  instanceType: string;
  /** The list price in USD of an hour of one; undefined where it is not known. */
  price: number | undefined;
}

/** Tells what machines cost that are kept warm. */
export function describeWarmCost({ count, instanceType, price }: WarmMachines): string {
  const hours = count * 24;
  const cost = price === undefined ? '' : `, about ${(hours * price).toFixed(2)} USD`;
  const machines = count === 1 ? `1 ${instanceType} stays` : `${count} ${instanceType} stay`;
  return `${machines} warm: ${hours} machine hours a day${cost}, until the next make apply or make promote.`;
}
