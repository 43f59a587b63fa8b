import test from 'ava';
import { levelOfLog, readableLog } from '../../common/readable-log.ts';

const readable: [message: string, text: string][] = [
  ['Started nginx.service.\n', 'Started nginx.service.'],
  [
    '{"level":"info","time":"2026-11-29T07:43:30.123Z","requestId":"ab","status":200,"milliseconds":1.5,"msg":"request"}',
    'info request requestId=ab status=200 milliseconds=1.5',
  ],
  [
    '{"time":1764402210.123,"client":"10.0.0.1","path":"/a b","upstream":"","list":[1],"none":null}',
    'client=10.0.0.1 path="/a b" upstream="" list=[1] none=null',
  ],
  ['{"level":"info"', '{"level":"info"'],
  ['{}', ''],
];

for (const [message, text] of readable) {
  test(`${JSON.stringify(message)} is readable`, (t) => {
    t.is(readableLog(message), text);
  });
}

test('control characters, which a terminal would obey, are written out', (t) => {
  t.is(readableLog('a\u001b[2Jb\tc\nd\u0007'), 'a\\u001b[2Jb\tc\nd\\u0007');
  t.is(readableLog('{"msg":"a\\u001b]0;b\\u0007","path":"/\\u009b1m"}'), 'a\\u001b]0;b\\u0007 path=/\\u009b1m');
});

test('the level of a line is that of its JSON', (t) => {
  const lines = ['{"level":"warn","msg":"slow"}', '{"msg":"slow"}', '{"level":30}', '{"level":"warn"', 'warn'];
  t.deepEqual(lines.map(levelOfLog), ['warn', undefined, undefined, undefined, undefined]);
});
