import { stripVTControlCharacters } from 'node:util';
import { shorten } from '../../common/shorten.ts';
import { type Recap, totalLine } from './recap.ts';

const prefix = 'intent-fleet: ';
const failedPrefix = 'bootstrap failed: ';
const outputPrefix = '| ';

// The beginning of an output says what failed, the end mostly why.
const firstLines = 3;
const mostLines = 20;
const mostCharacters = 200;

/** The result of a run for the system console, the only output of a machine that can be read without reaching it. */
export function consoleText(recap: Recap): string {
  const failed = recap.tasks.find(({ status }) => status === 'failed');
  const failure = failed
    ? [
        `${failedPrefix}${failed.role}: ${failed.task}`,
        ...excerpt(linesOf(failed.output ?? '')).map((line) => outputPrefix + shorten(line, mostCharacters)),
      ]
    : [];
  return [...failure, totalLine(recap)].map((line) => `${prefix}${line}\n`).join('');
}

function linesOf(text: string): string[] {
  const lines = stripVTControlCharacters(text).split(/[\r\n]+/);
  return lines.map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trimEnd()).filter(Boolean);
}

function excerpt(lines: string[]): string[] {
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, firstLines), '…', ...lines.slice(firstLines + 1 - mostLines)];
}

/** Why the last run on a console failed; undefined where none has run, or the last one succeeded. */
export function bootstrapFailure(console: string): string | undefined {
  let failure: string[] | undefined;
  for (const line of ownLines(console)) {
    if (line.startsWith(failedPrefix)) failure = [`the bootstrap failed at "${line.slice(failedPrefix.length)}"`];
    else if (line.startsWith(outputPrefix)) failure?.push(line.slice(outputPrefix.length));
    else if (/^recap: .* failed=0 /.test(line)) failure = undefined;
  }
  return failure?.join('\n');
}

// Others write to the console, too, and log services put a prefix before a line.
const own = /intent-fleet: ((?:bootstrap failed: |\| |recap: ).*)/s;

function ownLines(console: string): string[] {
  const lines = stripVTControlCharacters(console).split(/[\r\n]+/);
  return lines.flatMap((line) => own.exec(line)?.[1]?.trimEnd() ?? []);
}
