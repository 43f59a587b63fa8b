import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';

export interface LoadBalancerProps {
  /** The name of the balancer and of its target group, at most 32 characters. */
  name: string;
  vpcId: string;
  subnetIds: string[];
  securityGroupId: string;
  certificateArn: string;
  settings: Settings['balancer'];
  /** The routes to the internet: AWS refuses a balancer in a VPC without them. */
  dependsOn: ITerraformDependable[];
}

/** An application load balancer that terminates TLS, redirects port 80 to 443 and checks machines at /health. */
export class LoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly targetGroup: LbTargetGroup;
  /** The listener on port 443. */
  readonly listener: LbListener;

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
    this.targetGroup = this.#createTargetGroup(props);
    this.listener = this.#listenHttps(props.certificateArn);
    this.#redirectHttp();
  }

  #createTargetGroup({ name, vpcId, settings }: LoadBalancerProps): LbTargetGroup {
    const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = settings.healthCheck;
    return new LbTargetGroup(this, 'target-group', {
      name,
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

  #listenHttps(certificateArn: string): LbListener {
    return new LbListener(this, 'https', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificateArn,
      defaultAction: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
    });
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
