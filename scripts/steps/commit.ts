import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';

/** Returns the commit of this checkout; null without git. */
export async function commitOfCheckout(): Promise<string | null> {
  const { stdout } = await execa('git', ['rev-parse', 'HEAD'], { cwd: checkoutFolder, reject: false, stdin: 'ignore' });
  return /^[0-9a-f]{40,64}$/.test(stdout ?? '') ? stdout : null;
}
