import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { Construct } from 'constructs';
import { memoryMetric } from '../common/memory-metric.ts';
import type { Track } from '../deployments/deployment.ts';
import type { Settings } from '../stages/settings.ts';
import { trackName, tracks } from './track-names.ts';

export interface DashboardProps {
  /** The name of the stack and of the dashboard. */
  name: string;
  region: string;
  /** The ids of the balancer and of the tracks' target groups in metrics, such as `targetgroup/intent-fleet/0a1b`. */
  balancer: string;
  targetGroups: Record<Track, string>;
  /** The ARNs of the alarms. */
  alarms: string[];
  settings: Pick<Settings, 'fleet' | 'alarms'>;
}

/** The stage on one page of CloudWatch's console: its alarms, its requests and its machines. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: props.name,
      dashboardBody: JSON.stringify({ widgets: widgetsOf(props) }),
    });
  }
}

/** A line of a chart: a metric with its dimensions and how it is shown. */
type Line = (string | { stat: string; label: string })[];

interface Chart {
  title: string;
  lines: Line[];
  unit: string;
  /** Where a value calls for people or for machines. */
  limits?: { label: string; value: number }[];
}

/** The width of the page, and the sizes of what is on it, in CloudWatch's units. */
const page = { columns: 3, chart: { width: 8, height: 6 }, alarms: { width: 24, height: 3 } };

function widgetsOf(props: DashboardProps): object[] {
  const { alarms } = props;
  const charts = [...requestCharts(props), ...machineCharts(props)];
  return [
    { type: 'alarm', x: 0, y: 0, ...page.alarms, properties: { title: 'Alarms', alarms } },
    ...charts.map((chart, index) => widgetOf(chart, index, props.region)),
  ];
}

function widgetOf({ title, lines, unit, limits }: Chart, index: number, region: string): object {
  const { columns, chart, alarms } = page;
  return {
    type: 'metric',
    x: (index % columns) * chart.width,
    y: alarms.height + Math.floor(index / columns) * chart.height,
    ...chart,
    properties: {
      title,
      region,
      view: 'timeSeries',
      period: 60,
      metrics: lines,
      yAxis: { left: { label: unit, showUnits: false, min: 0 } },
      ...(limits && { annotations: { horizontal: limits } }),
    },
  };
}

function requestCharts({ balancer, targetGroups, settings }: DashboardProps): Chart[] {
  const ofBalancer = (name: string, stat: string, label: string): Line => [
    ...['AWS/ApplicationELB', name, 'LoadBalancer', balancer],
    { stat, label },
  ];
  const ofTracks = (name: string, stat: string, label: string): Line[] =>
    tracks.map((track) => [
      ...['AWS/ApplicationELB', name, 'LoadBalancer', balancer, 'TargetGroup', targetGroups[track]],
      { stat, label: `${track} ${label}` },
    ]);
  return [
    {
      title: 'Requests a minute',
      unit: 'requests',
      // Those of the whole balancer would be those of the monitoring page, too, which asks all the time.
      lines: ofTracks('RequestCount', 'Sum', 'requests'),
    },
    {
      title: 'Time of the machines to answer',
      unit: 'seconds',
      lines: ['p50', 'p90', 'p99'].flatMap((stat) => ofTracks('TargetResponseTime', stat, stat)),
      limits: [{ label: 'latency alarm', value: settings.alarms.p90Milliseconds / 1000 }],
    },
    {
      title: "Machines' answers a minute",
      unit: 'answers',
      lines: ['2XX', '4XX', '5XX'].flatMap((family) => ofTracks(`HTTPCode_Target_${family}_Count`, 'Sum', family)),
    },
    {
      title: "Balancer's own errors a minute",
      unit: 'answers',
      lines: [ofBalancer('HTTPCode_ELB_5XX_Count', 'Sum', '5XX')],
    },
    {
      title: 'Machines by health',
      unit: 'machines',
      lines: [
        ...ofTracks('HealthyHostCount', 'Minimum', 'healthy'),
        ...ofTracks('UnHealthyHostCount', 'Maximum', 'unhealthy'),
      ],
    },
  ];
}

function machineCharts({ name: stack, settings }: DashboardProps): Chart[] {
  const { cpuTargetPercent, memoryTargetPercent } = settings.fleet;
  const { namespace, name, dimension } = memoryMetric;
  const average = (label: string) => ({ stat: 'Average', label });
  const processors = tracks.map((track) => [
    ...['AWS/EC2', 'CPUUtilization', 'AutoScalingGroupName', trackName(stack, track)],
    average(`${track} processors`),
  ]);
  // The machines of both tracks publish under the name of the stage.
  const memory = memoryTargetPercent === undefined ? [] : [[namespace, name, dimension, stack, average('memory')]];
  return [
    {
      title: 'Use of the machines, on average',
      unit: 'percent',
      lines: [...processors, ...memory],
      limits: [
        { label: 'target of processors', value: cpuTargetPercent },
        ...(memoryTargetPercent === undefined ? [] : [{ label: 'target of memory', value: memoryTargetPercent }]),
      ],
    },
  ];
}
