import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import test from 'ava';
import { readableOutput } from '../../../scripts/command-line/readable-output.ts';

test('log lines of JSON are written as people read them, others as they are, without control characters', async (t) => {
  const terminal = new PassThrough();
  const output = readableOutput(terminal);
  output.write(
    '{"level":"info","time":"2026-01-02T03:04:05.678Z","status":200,"msg":"request"}\n{"level":"warn","msg":"slow"}\n',
  );
  output.end('no JSON \u001b[2J\n', () => terminal.end());
  t.is(await text(terminal), '2026-01-02T03:04:05.678Z info request status=200\nwarn slow\nno JSON \\u001b[2J\n');
});
