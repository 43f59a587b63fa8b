import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'ava';
import { steadyLatency } from '../../benchmarks/steady-latency.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the latency counts from when a request was due, and leaves out the first seconds', async (t) => {
  const path = join(await temporaryFolder(t), 'requests.sqlite');
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE oha (start REAL NOT NULL, start_latency_correction REAL, end REAL NOT NULL)');
  const add = database.prepare('INSERT INTO oha VALUES (?, ?, ?)');
  add.run(0.5, 0.5, 1.5);
  for (let number = 1; number <= 100; number += 1)
    add.run(2 + number, number % 2 ? 2 + number : null, 2 + number * 1.001);
  database.close();
  const { p50, p99 } = steadyLatency(path, 2);
  t.deepEqual([Math.round(p50), Math.round(p99)], [50, 99]);
  t.true(Number.isNaN(steadyLatency(path, 200).p50));
});
