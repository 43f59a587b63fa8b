import { sha256 } from '../common/checksum.ts';

const longest = 32;

/** Returns the name of a target group beside the stack's own, at most 32 characters; two stacks never have the same. */
export function targetGroupName(stack: string, suffix: string): string {
  const whole = `${stack}-${suffix}`;
  if (whole.length <= longest) return whole;
  const digits = sha256(stack).slice(0, 8);
  return `${stack.slice(0, longest - suffix.length - digits.length - 2)}-${digits}-${suffix}`;
}
