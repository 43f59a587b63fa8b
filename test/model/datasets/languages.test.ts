import test from 'ava';
import { languagesOf } from '../../../model/datasets/languages.ts';

const english = [
  'Where is the parcel that I have ordered last week?',
  'I would like to have my money back, because the shoes are too small',
  'Could you tell me how to change the password of my account?',
  'The lamp that arrived this morning does not work at all',
];
const german = [
  'Wo ist das Paket, das ich letzte Woche bestellt habe?',
  'Ich hätte gern mein Geld zurück, weil die Schuhe zu klein sind',
  'Können Sie mir sagen, wie ich das Passwort meines Kontos ändere?',
];
const examples = (texts: string[], times: number) =>
  Array.from({ length: times }, () => texts)
    .flat()
    .map((text, at) => ({ text, intent: 'any', line: at + 2 }));

test('texts of one language have no other', (t) => {
  t.deepEqual(languagesOf(examples(english, 10)), { main: 'eng', others: [] });
  t.deepEqual(languagesOf(examples(german, 10)), { main: 'deu', others: [] });
});

test('texts of another language are listed, the short ones, too', (t) => {
  const mixed = [
    ...examples(english, 10),
    ...examples(german, 2),
    { text: 'Wo bleibt mein Paket nur?', intent: 'any', line: 99 },
  ];
  const { main, others } = languagesOf(mixed);
  t.is(main, 'eng');
  t.deepEqual(others, [{ language: 'deu', examples: mixed.slice(40) }]);
});

test('of few or short texts, no language is told', (t) => {
  t.deepEqual(languagesOf(examples(english, 4)), { main: undefined, others: [] });
  t.deepEqual(languagesOf(examples(['ok', 'nein danke', '😀', '12345'], 50)), { main: undefined, others: [] });
  t.deepEqual(languagesOf([]), { main: undefined, others: [] });
});
