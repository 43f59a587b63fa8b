import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { type IAspect, TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

interface Taggable {
  tags?: Record<string, string>;
  tagsInput?: Record<string, string>;
}

/** Tags every resource that can carry tags; a resource's own tags take precedence. */
export class Tags implements IAspect {
  readonly #name: string;
  readonly #tags: Record<string, string>;

  constructor(name: string, tags: Record<string, string>) {
    this.#name = name;
    this.#tags = tags;
  }

  visit(node: IConstruct): void {
    // AWS makes the default group, and a deployer may change tags of what the stage has made alone.
    if (node instanceof DefaultSecurityGroup) return;
    if (node instanceof AutoscalingGroup) this.#tagGroup(node);
    else if (node instanceof TerraformResource && 'tags' in node) this.#tagResource(node as Taggable, node.node.id);
  }

  #tagResource(resource: Taggable, id: string): void {
    resource.tags = { Name: `${this.#name}-${id}`, ...this.#tags, ...resource.tagsInput };
  }

  // A group has its tags as blocks; the launch template tags the machines.
  #tagGroup(group: AutoscalingGroup): void {
    const own = (group.tag.internalValue ?? []) as { key: string }[];
    const taken = new Set(own.map((tag) => tag.key));
    const more = Object.entries(this.#tags)
      .filter(([key]) => !taken.has(key))
      .map(([key, value]) => ({ key, value, propagateAtLaunch: false }));
    group.putTag([...(own as never[]), ...more]);
  }
}
