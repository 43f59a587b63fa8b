import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { rulesFile } from '../../monitoring/rules.ts';
import { startPrometheus, withPrometheus } from '../support/prometheus.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { expected } from './expected.ts';

for (const name of ['prometheus.yml', 'prometheus.with-others.yml'])
  withPrometheus(`Prometheus accepts ${name} and the rules beside it`, async (t, { promtool }) => {
    const folder = await temporaryFolder(t);
    const rules = join(folder, 'rules.yml');
    await writeFile(rules, rulesFile());
    await writeFile(join(folder, name), (await expected(name)).replace('/etc/prometheus/rules.yml', rules));
    const { exitCode, all } = await execa(promtool, ['check', 'config', join(folder, name)], {
      all: true,
      reject: false,
    });
    t.is(exitCode, 0, all);
  });

withPrometheus('the pages of other sites cannot read its answers', async (t, programs) => {
  const [, all = ''] = /^ARGS="(.*)"$/m.exec(await expected('prometheus')) ?? [];
  const options = all.split(' ').filter((option) => !/^--web\.(?:listen-address|external-url)=/.test(option));
  const url = await startPrometheus(t, programs, { options });
  const headers = { Origin: 'https://other.example.com' };
  const answer = await fetch(`${url}/api/v1/query?query=1`, { headers });
  t.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, null]);
});
