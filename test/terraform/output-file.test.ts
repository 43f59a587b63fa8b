import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { OutputFile } from '../../terraform/output-file.ts';

/** The lines of a shell's output, which has both its outputs in the file. */
async function linesOf(t: ExecutionContext, script: string): Promise<string[]> {
  const output = await OutputFile.create();
  t.teardown(() => output.close());
  const running = execa('sh', ['-c', script], { stdio: ['ignore', output.stream, output.stream], reject: false });
  const lines: string[] = [];
  for await (const line of output.lines(running)) lines.push(line);
  return lines;
}

test('lines of both outputs come in their order, the last one also without an end', async (t) => {
  t.deepEqual(await linesOf(t, 'echo one; echo two >&2; echo; printf "drei €"'), ['one', 'two', '', 'drei €']);
});

test('a process without output, and one that fails, yield what there is', async (t) => {
  t.deepEqual(await linesOf(t, ':'), []);
  t.deepEqual(await linesOf(t, 'echo before; exit 3'), ['before']);
});

test('a character that is written in two parts is one character', async (t) => {
  t.deepEqual(await linesOf(t, "printf '\\342'; sleep 0.2; printf '\\202\\254\\n'"), ['€']);
});

test('output of more than one chunk is read whole', async (t) => {
  const lines = await linesOf(t, 'seq 1 40000');
  t.is(lines.length, 40_000);
  t.deepEqual(lines.slice(-2), ['39999', '40000']);
});

test('lines come while the process runs', async (t) => {
  const output = await OutputFile.create();
  t.teardown(() => output.close());
  const running = execa('sh', ['-c', 'echo ready; read -r line; echo "$line"'], {
    stdio: ['pipe', output.stream, output.stream],
  });
  const seen: string[] = [];
  for await (const line of output.lines(running)) {
    seen.push(line);
    if (line === 'ready') running.stdin?.end('go on\n');
  }
  t.deepEqual(seen, ['ready', 'go on']);
});
