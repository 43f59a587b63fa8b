import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Deployment, Track } from '../deployments/deployment.ts';
import type { Settings } from '../stages/settings.ts';
import { createKeyRules } from './key-rules.ts';
import { trackHeader, tracks, trackTargetGroup } from './track-names.ts';

export interface LoadBalancerProps {
  /** The name of the stack and of the balancer, at most 32 characters. */
  name: string;
  vpcId: string;
  subnetIds: string[];
  securityGroupId: string;
  certificateArn: string;
  settings: Settings['balancer'];
  /** The shares of the tracks, and whether a client stays at one. */
  traffic: Pick<Deployment, 'live' | 'tracks' | 'weights' | 'sticky'>;
  /** Whether requests have API keys. */
  hasKeys: boolean;
  /** The routes to the internet: AWS refuses a balancer in a VPC without them. */
  dependsOn: ITerraformDependable[];
}

/** How long a client stays at a track, where it is kept there by a cookie: as long as AWS allows. */
const stickySeconds = 7 * 24 * 3600;

/** AWS requires a time also where there is none. */
const unusedSeconds = 3600;

/** The priorities of the rules by which a request chooses its track: behind those of the dashboard. */
const trackPriorities: Record<Track, number> = { blue: 1000, green: 1001 };

/**
 * An application load balancer that terminates TLS, redirects port 80 to 443, checks machines at /health, and divides the
 * requests among the tracks.
 */
export class LoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly targetGroups: Record<Track, LbTargetGroup>;
  /** The listener on port 443. */
  readonly listener: LbListener;
  /** The rules that keep the holders of API keys at one track. */
  readonly keyRules: LbListenerRule[];

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { accessLogs } = props.settings;
    this.loadBalancer = new Lb(this, 'load-balancer', {
      name: props.name,
      loadBalancerType: 'application',
      subnets: props.subnetIds,
      securityGroups: [props.securityGroupId],
      idleTimeout: props.settings.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      ...(accessLogs && { accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: props.name } }),
      dependsOn: props.dependsOn,
    });
    this.targetGroups = {
      blue: this.#createTargetGroup(props, 'blue'),
      green: this.#createTargetGroup(props, 'green'),
    };
    this.listener = this.#listenHttps(props);
    for (const track of tracks) this.#admitTo(track);
    this.keyRules = this.#keepKeys(props);
    this.#redirectHttp();
  }

  #createTargetGroup({ name, vpcId, settings }: LoadBalancerProps, track: Track): LbTargetGroup {
    const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = settings.healthCheck;
    return new LbTargetGroup(this, track, {
      name: trackTargetGroup(name, track),
      vpcId,
      port: 443,
      protocol: 'HTTPS',
      loadBalancingAlgorithmType: 'least_outstanding_requests',
      deregistrationDelay: String(settings.drainSeconds),
      healthCheck: {
        path: '/health',
        protocol: 'HTTPS',
        matcher: '200',
        interval: intervalSeconds,
        timeout: timeoutSeconds,
        healthyThreshold,
        unhealthyThreshold,
      },
    });
  }

  #listenHttps({ certificateArn, traffic: { weights, sticky } }: LoadBalancerProps): LbListener {
    const targetGroup = tracks.map((track) => ({ arn: this.targetGroups[track].arn, weight: weights[track] }));
    const stickiness = { enabled: sticky, duration: sticky ? stickySeconds : unusedSeconds };
    return new LbListener(this, 'https', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificateArn,
      defaultAction: [{ type: 'forward', forward: { targetGroup, stickiness } }],
    });
  }

  // A smoke test asks the new track before it has a share of the requests.
  #admitTo(track: Track): void {
    new LbListenerRule(this, `${track}-rule`, {
      listenerArn: this.listener.arn,
      priority: trackPriorities[track],
      condition: [{ httpHeader: { httpHeaderName: trackHeader, values: [track] } }],
      action: [{ type: 'forward', targetGroupArn: this.targetGroups[track].arn }],
    });
  }

  #keepKeys({ hasKeys, traffic }: LoadBalancerProps): LbListenerRule[] {
    if (!hasKeys || !traffic.sticky) return [];
    const { blue, green } = this.targetGroups;
    const targetGroups = { blue: blue.arn, green: green.arn };
    return createKeyRules(this, { listenerArn: this.listener.arn, targetGroups, traffic });
  }

  #redirectHttp(): void {
    new LbListener(this, 'http', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
    });
  }
}
