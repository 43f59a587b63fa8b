import test from 'ava';
import { parse } from 'yaml';
import { deployLines } from '../../../scripts/command-line/deploy-lines.ts';

test('a model of the stage itself needs the command alone', (t) => {
  t.is(deployLines('rehearsal', {}), 'Deploy it with: make apply');
  t.is(deployLines('production', {}), 'Deploy it with: make apply STAGE=production');
});

test('what was given goes into the stage file', (t) => {
  const options = { data: 'Nachrichten.csv', textColumn: 'Nachricht', intentColumn: 'Kategorie', testShare: 0.3 };
  t.is(
    deployLines('rehearsal', options),
    [
      'To deploy it, let stages/rehearsal.yaml say this, and type: make apply',
      '',
      '  model:',
      '    data: Nachrichten.csv',
      '    testShare: 0.3',
      '    columns:',
      '      text: Nachricht',
      '      intent: Kategorie',
    ].join('\n'),
  );
});

test('names of columns and files are quoted where YAML needs it', (t) => {
  const options = { data: '#1: ours.csv', intentColumn: 'yes: no' };
  const [, lines = ''] = deployLines('rehearsal', options).split('\n\n');
  t.deepEqual(parse(lines), { model: { data: '#1: ours.csv', columns: { intent: 'yes: no' } } });
});
