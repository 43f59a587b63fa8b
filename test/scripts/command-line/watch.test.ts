import { Writable } from 'node:stream';
import test from 'ava';
import { watch } from '../../../scripts/command-line/watch.ts';

/** Watches texts, of which undefined fails, until they have all been shown; returns what was written. */
async function shown(texts: (string | undefined)[], isTTY: boolean): Promise<string> {
  const end = new AbortController();
  let written = '';
  const output = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  const next = async () => {
    const text = texts.shift();
    if (texts.length === 0) end.abort();
    if (text === undefined) throw new Error('Rate exceeded');
    return text;
  };
  const terminal = Object.assign(output, { isTTY, columns: 80, rows: 24 }) as unknown as NodeJS.WriteStream;
  await watch(next, { output: terminal, milliseconds: 1, signal: end.signal });
  return written;
}

test('without a terminal each text is a block', async (t) => {
  t.is(await shown(['one', 'two'], false), 'one\n\ntwo\n\n');
});

test('a terminal shows each text in the place of the one before', async (t) => {
  const written = await shown(['one\nfirst', 'two\nsecond'], true);
  t.regex(written, /one\nfirst\n/);
  // Up by two lines, before the second text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is moved by escape sequences
  t.regex(written.slice(written.indexOf('first')), /\u001b\[\d*[AF][\s\S]*two/);
});

test('a failure is shown below the last text, and the next one is tried', async (t) => {
  const written = await shown(['one', undefined, 'two'], false);
  t.regex(written, /^one\n\none\nNot renewed at \S+Z: Rate exceeded\n\ntwo\n\n$/);
});

test('a first text that fails ends the watch', async (t) => {
  await t.throwsAsync(shown([undefined, 'two'], false), { message: 'Rate exceeded' });
});
