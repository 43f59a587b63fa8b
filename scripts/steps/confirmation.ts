import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { UserError } from '../command.ts';

/** Asks a person to type `answer`; AUTO=1 has answered already, and without a terminal nobody can. */
export async function confirm(question: string, answer: string): Promise<void> {
  if (process.env.AUTO === '1') return;
  if (!process.stdin.isTTY) {
    throw new UserError('Nobody can be asked without a terminal. AUTO=1 goes on without asking.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-D and Ctrl-C end the asking without an answer.
    const typed = await Promise.race([
      terminal.question(`${question} Type ${answer} to go on: `),
      once(terminal, 'close').then(() => ''),
    ]);
    if (typed.trim() !== answer) throw new UserError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
