import test from 'ava';
import { modelSettingsTable } from '../../model/reference.ts';

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
