import { readFile } from 'node:fs/promises';
import test from 'ava';
import { modelSettingsTable, withModelSettings } from '../../model/reference.ts';

test('every setting has a row with its default', (t) => {
  const rows = modelSettingsTable().split('\n');
  t.true(
    rows.includes(
      '| `model.gate.minimumAccuracy` | `0.85` | The lowest accuracy on the test texts that may be released. |',
    ),
  );
  t.true(rows.includes('| `model.columns.text` | `text` | The column, or key, that holds the texts. |'));
  t.is(rows.length, 2 + 17);
});

test('docs/model.md shows the settings as they are', async (t) => {
  const page = await readFile('docs/model.md', 'utf8');
  t.is(page, withModelSettings(page));
});
