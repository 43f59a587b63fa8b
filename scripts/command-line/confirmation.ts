import { createInterface } from 'node:readline/promises';
import { UserError } from '../../common/errors.ts';

/** Asks a person to type `answer`; AUTO=1 has answered already, and without a terminal nobody can. */
export async function confirm(question: string, answer: string): Promise<void> {
  if (process.env.AUTO === '1') return;
  if (!process.stdin.isTTY) {
    throw new UserError('Nobody can be asked without a terminal. AUTO=1 goes on without asking.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-D and Ctrl-C refuse the question itself.
    const typed = await terminal.question(`${question} Type ${answer} to go on: `).catch(() => '');
    if (typed.trim() !== answer) throw new UserError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
