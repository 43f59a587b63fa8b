import { createInterface } from 'node:readline/promises';
import { UserError } from '../../common/errors.ts';

/** Asks the user to type `answer`, unless AUTO=1; fails without a terminal. */
export async function confirm(question: string, answer: string): Promise<void> {
  if (process.env.AUTO === '1') return;
  if (!process.stdin.isTTY) {
    throw new UserError('A terminal is needed to ask for confirmation. AUTO=1 goes on without asking.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-D and Ctrl-C reject the question.
    const typed = await terminal.question(`${question} Type ${answer} to go on: `).catch(() => '');
    if (typed.trim() !== answer) throw new UserError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
