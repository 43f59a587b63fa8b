import type { HealthCheck } from '../health/check.ts';

/** A version of a launch template. */
export interface LaunchTemplate {
  id: string;
  /** A number, never `$Latest` or `$Default`. */
  version: string;
}

/** An instance of an Auto Scaling group that ought to run. */
export interface DesiredInstance {
  id: string;
  group: string;
  address: string;
  /** The VPC's network. */
  cidr: string;
  instanceType: string;
  imageId: string;
  zone: string;
  /** The name of its instance profile's role. */
  role: string | undefined;
  /** What it was launched from; undefined without a launch template. */
  launchTemplate: LaunchTemplate | undefined;
  /** The size of its root disk. */
  diskGigabytes: number;
  /** The user data, decoded. */
  userData: string;
}

/** An Auto Scaling group. */
export interface Group {
  name: string;
  desired: number;
  /** The health check grace period. */
  graceSeconds: number;
  /** The ARNs of its target groups. */
  targetGroups: string[];
  /** What its next instances are launched from; undefined without a launch template. */
  launchTemplate: LaunchTemplate | undefined;
}

export interface TargetGroup {
  arn: string;
  name: string;
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  leastConnections: boolean;
  /** The deregistration delay. */
  drainSeconds: number;
  healthCheck: HealthCheck;
}

/** The default action of a listener. The parts of a redirect's URL may have placeholders such as `#{host}`. */
export type Action =
  | { kind: 'forward'; targets: { targetGroup: string; weight: number }[] }
  | ({ kind: 'redirect'; statusCode: 301 | 302 } & Record<'protocol' | 'port' | 'host' | 'path' | 'query', string>)
  | { kind: 'fixed-response'; statusCode: number; contentType: string; body: string };

export interface Listener {
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  idleTimeoutSeconds: number;
  action: Action;
}

/** The part of what Terraform has built that machines and balancer are made from. */
export interface DesiredState {
  /** The networks of the VPCs. */
  vpcs: string[];
  groups: Group[];
  instances: DesiredInstance[];
  targetGroups: TargetGroup[];
  listeners: Listener[];
}

export const nothingDesired: DesiredState = { vpcs: [], groups: [], instances: [], targetGroups: [], listeners: [] };
