import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * What the rehearsal's emulator remembers wrongly, so that every plan would show changes that are none. Nothing of it
 * touches machines or traffic, and outside the rehearsal it is not applied.
 */
export class EmulatorQuirks implements IAspect {
  visit(node: IConstruct): void {
    // It returns a template's own tags as if its machines should carry them.
    if (node instanceof LaunchTemplate) node.resetTags();
    if (node instanceof AutoscalingPolicy) {
      node.lifecycle = { ignoreChanges: ['enabled', 'predictive_scaling_configuration'] };
    }
  }
}
