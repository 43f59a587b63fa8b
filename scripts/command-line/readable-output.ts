import { Writable } from 'node:stream';
import pc from 'picocolors';
import { parseJson } from '../../common/parse-json.ts';
import { readableLog } from '../../common/readable-log.ts';

/** Returns an output for whole log lines of JSON, which writes them to another one as people read them. */
export function readableOutput(output: Writable): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      const lines = String(chunk).split('\n').filter(Boolean);
      output.write(lines.map((line) => `${readableLine(line)}\n`).join(''), () => done());
    },
  });
}

function readableLine(line: string): string {
  const { time } = (parseJson(line) ?? {}) as { time?: unknown };
  return typeof time === 'string' ? `${pc.dim(time)} ${readableLog(line)}` : readableLog(line);
}
