import type { HealthCheck } from '../health/check.ts';

/** An instance that an Auto Scaling group wants to be running. */
export interface WantedInstance {
  id: string;
  group: string;
  address: string;
  /** The VPC's network. */
  cidr: string;
  instanceType: string;
  imageId: string;
  zone: string;
  /** Name of the role in its instance profile, if it has one. */
  role: string | undefined;
  /** What it boots with, as text. */
  userData: string;
}

/** An Auto Scaling group, as far as machines are concerned. */
export interface Group {
  name: string;
  desired: number;
  graceSeconds: number;
  targetGroups: string[];
  /** What a machine that it launches now would boot with. */
  userData: string;
}

export interface TargetGroup {
  arn: string;
  name: string;
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  leastConnections: boolean;
  drainSeconds: number;
  healthCheck: HealthCheck;
}

/** What a listener does with a request: hand it on by weight, send it elsewhere, or answer it. */
export type Action =
  | { kind: 'forward'; targets: { targetGroup: string; weight: number }[] }
  | {
      kind: 'redirect';
      statusCode: 301 | 302;
      protocol: string;
      port: string;
      host: string;
      path: string;
      query: string;
    }
  | { kind: 'fixed-response'; statusCode: number; contentType: string; body: string };

export interface Listener {
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  idleTimeoutSeconds: number;
  action: Action;
}

/** What Terraform has built so far that machines and the balancer have to follow. */
export interface World {
  vpcs: string[];
  groups: Group[];
  instances: WantedInstance[];
  targetGroups: TargetGroup[];
  listeners: Listener[];
}
