import test from 'ava';
import { execa } from 'execa';

const module = JSON.stringify(new URL('../../../scripts/command-line/wait-display.ts', import.meta.url).href);

/** What a program prints that has a display; its times are left out. */
async function printed(program: string): Promise<string[]> {
  const source = `import { WaitDisplay } from ${module}; const display = new WaitDisplay(); ${program}`;
  const { stdout } = await execa(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    env: { NO_COLOR: '1' },
    stdin: 'ignore',
  });
  return stdout.split('\n').map((line) => line.replace(/\[[^\]]*s\]$/, '').trimEnd());
}

test('what is waited for is a step from its first line until it is closed', async (t) => {
  const lines = await printed(`
    display.report('Wait', '1 of 2 machines healthy');
    await new Promise(setImmediate);
    await display.close();
    console.log('end');
  `);
  t.deepEqual(lines, ['❯ Wait', '› 1 of 2 machines healthy', '✔ Wait', 'end']);
});

test('after one was closed, the next line begins another one', async (t) => {
  const lines = await printed(`
    for (const line of ['one', 'two']) {
      display.report('Wait', line);
      await display.close();
    }
    await display.close();
  `);
  t.deepEqual(lines, ['❯ Wait', '› one', '✔ Wait', '❯ Wait', '› two', '✔ Wait']);
});

test('a display on which nothing was shown prints nothing', async (t) => {
  t.deepEqual(await printed('await display.close();'), ['']);
});
