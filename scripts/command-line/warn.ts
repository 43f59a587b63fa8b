import colors from 'picocolors';

/** Shows a sentence that people should see. */
export function warn(sentence: string): void {
  console.log(colors.yellow(`! ${sentence}`));
}
