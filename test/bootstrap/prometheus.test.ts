import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { rulesFile } from '../../monitoring/rules.ts';
import { withPrometheus } from '../support/prometheus.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

for (const name of ['prometheus.yml', 'prometheus.with-others.yml'])
  withPrometheus(`Prometheus accepts ${name} and the rules beside it`, async (t, { promtool }) => {
    const folder = await temporaryFolder(t);
    const rules = join(folder, 'rules.yml');
    const expected = await readFile(join(import.meta.dirname, 'expected', name), 'utf8');
    await writeFile(rules, rulesFile());
    await writeFile(join(folder, name), expected.replace('/etc/prometheus/rules.yml', rules));
    const { exitCode, all } = await execa(promtool, ['check', 'config', join(folder, name)], {
      all: true,
      reject: false,
    });
    t.is(exitCode, 0, all);
  });
