import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import type { Chunk } from '../../logs/line.ts';
import { windowsOf } from '../../logs/window.ts';

function chunk(position: string, ...messages: string[]): Chunk {
  return { lines: messages.map((message) => ({ unit: 'service', timestamp: 0, message })), position };
}

/** The messages and the position of each window, with a pause of half a second behind the chunk `slow`. */
async function windows(chunks: Chunk[], characters: number, milliseconds: number) {
  async function* source() {
    for (const one of chunks) {
      yield one;
      if (one.position === 'slow') await sleep(500);
    }
  }
  const found = [];
  for await (const { lines, position } of windowsOf(source(), { characters, milliseconds }))
    found.push([position, ...lines.map(({ message }) => message)]);
  return found;
}

test('a window is complete when it has enough characters, and ends with the position of its last chunk', async (t) => {
  t.deepEqual(await windows([chunk('1', 'aa', 'b'), chunk('2', 'c'), chunk('3', 'd')], 4, 10_000), [
    ['2', 'aa', 'b', 'c'],
    ['3', 'd'],
  ]);
});

test('a window is complete some time after its first line', async (t) => {
  t.deepEqual(await windows([chunk('1', 'a'), chunk('slow', 'b'), chunk('3', 'c')], 100, 50), [
    ['slow', 'a', 'b'],
    ['3', 'c'],
  ]);
});

test('a chunk without lines moves the position', async (t) => {
  t.deepEqual(await windows([chunk('1', 'a'), chunk('2')], 100, 1000), [['2', 'a']]);
});

test('while a window is stored, one chunk is read ahead, and no more', async (t) => {
  let read = 0;
  async function* source() {
    for (;;) yield chunk(String(++read), 'a');
  }
  const found = windowsOf(source(), { characters: 1, milliseconds: 1000 });
  t.is((await found.next()).value?.position, '1');
  await sleep(20);
  t.is(read, 2);
});
