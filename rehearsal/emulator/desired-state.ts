import type { HealthCheck } from '../health/check.ts';

/** A version of a launch template. */
export interface LaunchTemplate {
  id: string;
  /** A number, never `$Latest` or `$Default`. */
  version: string;
}

/** An instance that ought to run. */
export interface DesiredInstance {
  id: string;
  /** The Auto Scaling group that launched it; undefined for one that was launched by itself. */
  group: string | undefined;
  address: string;
  /** The VPC's network. */
  cidr: string;
  /** The ids of its security groups. */
  securityGroups: string[];
  instanceType: string;
  /** The number of virtual processors of its type. */
  processors: number;
  /** The memory of its type, in MiB. */
  memoryMebibytes: number;
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
  /** True if machines that fail the health checks of their target groups are replaced (health check type ELB). */
  checksTargets: boolean;
  /** False while its process ReplaceUnhealthy is suspended. */
  replacesUnhealthy: boolean;
  /** What its next instances are launched from; undefined without a launch template. */
  launchTemplate: LaunchTemplate | undefined;
}

/** A registered target: an instance, with the port that gets the requests. */
export interface RegisteredTarget {
  instance: string;
  port: number;
}

export interface TargetGroup {
  arn: string;
  name: string;
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  leastConnections: boolean;
  /** How long a cookie leads a client to the same target; undefined without stickiness. */
  stickySeconds: number | undefined;
  /** The deregistration delay. */
  drainSeconds: number;
  healthCheck: HealthCheck;
  targets: RegisteredTarget[];
}

export interface WeightedTarget {
  /** The ARN of a target group. */
  targetGroup: string;
  weight: number;
}

/** What a listener does with a request. The parts of a redirect's URL may have placeholders such as `#{host}`. */
export type Action =
  | { kind: 'forward'; targets: WeightedTarget[]; stickySeconds: number | undefined }
  | ({ kind: 'redirect'; statusCode: 301 | 302 } & Record<'protocol' | 'port' | 'host' | 'path' | 'query', string>)
  | { kind: 'fixed-response'; statusCode: number; contentType: string; body: string };

/** A condition of a rule: one of its values applies. Values may have the wildcards `*` and `?`, except for methods and networks. */
export type Condition =
  | { kind: 'path' | 'host' | 'method'; values: string[] }
  | { kind: 'source'; values: string[] }
  | { kind: 'header'; name: string; values: string[] }
  | { kind: 'query'; values: { key: string | undefined; value: string }[] };

/** A rule of a listener, which applies if all of its conditions do. */
export interface Rule {
  conditions: Condition[];
  action: Action;
}

export interface Listener {
  arn: string;
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  /** By priority. The last one is the default, without conditions. */
  rules: Rule[];
}

export interface LoadBalancer {
  /** Its name in metrics, such as `app/intent-fleet/50dc6c495c0c9188`. */
  id: string;
  /** The address from which it reaches its targets; empty without a subnet. */
  address: string;
  /** The ids of its security groups. */
  securityGroups: string[];
  idleTimeoutSeconds: number;
  listeners: Listener[];
}

/** The traffic that a security group allows, in one direction. */
export interface Permission {
  /** tcp, udp, icmp, a number, or -1 for all. */
  protocol: string;
  /** The ports, of tcp and udp. */
  ports: { from: number; to: number } | undefined;
  /** Networks, and the ids of security groups. */
  peers: { cidrs: string[]; groups: string[] };
}

export interface SecurityGroup {
  id: string;
  ingress: Permission[];
  egress: Permission[];
}

/** The part of what Terraform has built that machines, network and balancer are made from. */
export interface DesiredState {
  /** The networks of the VPCs. */
  vpcs: string[];
  groups: Group[];
  instances: DesiredInstance[];
  securityGroups: SecurityGroup[];
  targetGroups: TargetGroup[];
  loadBalancers: LoadBalancer[];
}

export const nothingDesired: DesiredState = {
  vpcs: [],
  groups: [],
  instances: [],
  securityGroups: [],
  targetGroups: [],
  loadBalancers: [],
};
