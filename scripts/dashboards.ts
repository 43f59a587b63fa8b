import { relative } from 'node:path';
import { grafanaDashboardFile } from '../common/paths.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { grafanaFile } from '../monitoring/grafana/dashboard.ts';
import { panels } from '../monitoring/panels.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand('dashboards', 'Writes the dashboards for a Grafana.').action(async () => {
  await writeFileWhole(grafanaDashboardFile, grafanaFile(panels));
  console.log(`${relative('', grafanaDashboardFile)}: import it into any Grafana, and choose its Prometheus.`);
});

await run(program);
