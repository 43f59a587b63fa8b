import { nginxExporterUnit, nodeExporterUnit, paths } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import { metricsPorts } from '../ports.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';

/** Exposes metrics of the machine and of nginx on loopback; nginx passes them on to the monitoring machine. */
export function exportersRole(handlers: ServiceHandlers): Role {
  return {
    name: 'exporters',
    tasks: [
      packages({
        name: 'Install the exporters',
        packages: ['prometheus-node-exporter', 'prometheus-nginx-exporter'],
      }),
      ...exporter('node', nodeExporterUnit, [handlers.reloadSystemd, handlers.restartNodeExporter]),
      ...exporter('nginx', nginxExporterUnit, [handlers.reloadSystemd, handlers.restartNginxExporter]),
      flushHandlers,
      unit({ name: 'Start the exporters', units: [nodeExporterUnit, nginxExporterUnit] }),
    ],
  };
}

function exporter(name: 'node' | 'nginx', service: string, notify: Task[]): Task[] {
  const common = { mode: 0o644, notify };
  return [
    template({
      name: `Write the ${name} exporter's options`,
      template: `${name}-exporter.njk`,
      path: `/etc/default/prometheus-${name}-exporter`,
      variables: { paths, metrics: metricsPorts },
      ...common,
    }),
    template({
      name: `Restrict the ${name} exporter`,
      template: 'exporter.conf.njk',
      path: `/etc/systemd/system/${service}.d/intent-fleet.conf`,
      variables: {},
      ...common,
    }),
  ];
}
