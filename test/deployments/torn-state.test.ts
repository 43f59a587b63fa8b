import { readFile, writeFile } from 'node:fs/promises';
import test from 'ava';
import { stateFile } from '../../common/paths.ts';
import { mendTornState } from '../../deployments/torn-state.ts';
import { stageWithState } from './local-state.ts';

const before = JSON.stringify({ version: 4, serial: 42, outputs: {}, resources: [] });
const whole = JSON.stringify({ version: 4, serial: 43, outputs: {}, resources: [] });

for (const torn of ['', whole.slice(0, 20)])
  test(`a state of ${torn.length} characters gives way to the version before`, async (t) => {
    const stage = await stageWithState(t, torn);
    await writeFile(`${stateFile(stage.name)}.backup`, before);
    t.true(await mendTornState(stage));
    t.is(await readFile(stateFile(stage.name), 'utf8'), before);
    t.false(await mendTornState(stage));
  });

test('a whole state stays, and so does a torn one without a whole version before', async (t) => {
  const kept = async (content: string | undefined, backup?: string) => {
    const stage = await stageWithState(t, content);
    if (backup !== undefined) await writeFile(`${stateFile(stage.name)}.backup`, backup);
    t.false(await mendTornState(stage));
    return content === undefined ? undefined : readFile(stateFile(stage.name), 'utf8');
  };
  t.is(await kept(whole, before), whole);
  t.is(await kept('', ''), '');
  t.is(await kept(''), '');
  t.is(await kept(undefined, before), undefined);
});
