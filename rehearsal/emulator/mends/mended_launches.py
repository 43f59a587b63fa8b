"""What the instances of Auto Scaling groups are launched from, where, and which of them end."""

from collections import Counter
from contextvars import ContextVar

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.utils import parse_user_data

create_version = LaunchTemplate.create_version
launch_instances = FakeAutoScalingGroup.replace_autoscaling_group_instances
run_instances = InstanceBackend.run_instances
find_template = InstanceBackend._get_template_from_args
template_of_group = InstanceState.launch_template
set_capacity = FakeAutoScalingGroup.set_desired_capacity

launching_group = ContextVar("launching_group", default=None)


def create_mended_version(self, data, description):
    """Only a first version has user data of the type that launches expect, and it has the tags of the template itself, too."""
    if isinstance(data.get("UserData"), str):
        data["UserData"] = parse_user_data(data["UserData"])
    if "TagSpecifications" in data:
        data["TagSpecifications"] = [tags for tags in data["TagSpecifications"] if tags["ResourceType"] != "launch-template"]
    return create_version(self, data, description)


def launch_one_by_one(self, count_needed, propagated_tags):
    token = launching_group.set(self)
    try:
        for _ in range(count_needed):
            launch_instances(self, 1, propagated_tags)
    finally:
        launching_group.reset(token)


def run_in_emptiest_subnet(self, *parameters, **named):
    """A group launches all of its instances in its first subnet."""
    group = launching_group.get()
    if group and group.vpc_zone_identifier:
        named["subnet_id"] = emptiest_subnet(group)
    return run_instances(self, *parameters, **named)


def emptiest_subnet(group):
    """Of the zones with the fewest instances of the group, the subnet with the fewest."""
    subnets = group.ec2_backend.describe_subnets(subnet_ids=group.vpc_zone_identifier.split(","))
    zones = {subnet.id: subnet.availability_zone for subnet in subnets}
    used = Counter(state.instance.subnet_id for state in group.instance_states)
    used_zones = Counter(zones[id] for id in used.elements() if id in zones)
    return min(zones, key=lambda id: (used_zones[zones[id]], used[id]))


def set_capacity_in_order(self, new_capacity):
    """A smaller capacity ends the first instances of a list that has no order."""
    self.instance_states = in_order_of_termination(self.instance_states)
    set_capacity(self, new_capacity)


def in_order_of_termination(states):
    """Each is the oldest in the zone with the most of those that are left."""
    left, ordered = sorted(states, key=lambda state: state.instance.launch_time), []
    while left:
        used_zones = Counter(state.instance.placement.zone for state in left)
        ordered.append(max(left, key=lambda state: used_zones[state.instance.placement.zone]))
        left.remove(ordered[-1])
    return ordered


def find_launched_template(self, template):
    """A group launches its instances from the default version of its launch template, whatever version it names."""
    group = launching_group.get()
    is_of_group = group and group.ec2_launch_template
    return find_template(self, {**template, "Version": group.launch_template_version} if is_of_group else template)


def launched_template(self):
    """A group says that all of its instances were launched from its current template."""
    tags = {tag["key"]: tag["value"] for tag in self.instance.get_tags()}
    if "aws:ec2launchtemplate:id" not in tags:
        return template_of_group.fget(self)
    return {
        "LaunchTemplateId": tags["aws:ec2launchtemplate:id"],
        "Version": tags["aws:ec2launchtemplate:version"],
    }


LaunchTemplate.create_version = create_mended_version
FakeAutoScalingGroup.replace_autoscaling_group_instances = launch_one_by_one
FakeAutoScalingGroup.set_desired_capacity = set_capacity_in_order
InstanceBackend.run_instances = run_in_emptiest_subnet
InstanceBackend._get_template_from_args = find_launched_template
InstanceState.launch_template = property(launched_template)
