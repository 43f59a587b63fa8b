"""Mends moto 5.2.1, where the gateway cannot. Python loads a module of this name when the emulator starts."""

from contextvars import ContextVar

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.utils import parse_user_data
from moto.logs.models import LogStream

create_version = LaunchTemplate.create_version
put_scaling_policy = AutoScalingResponse.put_scaling_policy
put_policy = AutoScalingBackend.put_scaling_policy
describe_alarms = CloudWatchResponse.describe_alarms
launch_instances = FakeAutoScalingGroup.replace_autoscaling_group_instances
find_template = InstanceBackend._get_template_from_args
put_log_events = LogStream.put_log_events

launched_version = ContextVar("launched_version", default=None)

# About 40 MB of memory.
most_log_events = 50_000


def create_mended_version(self, data, description):
    """Only a first version has user data of the type that launches expect, and it has the tags of the template itself, too."""
    if isinstance(data.get("UserData"), str):
        data["UserData"] = parse_user_data(data["UserData"])
    if "TagSpecifications" in data:
        data["TagSpecifications"] = [tags for tags in data["TagSpecifications"] if tags["ResourceType"] != "launch-template"]
    return create_version(self, data, description)


def put_named_scaling_policy(self):
    """The answer has the ARN by another name than AWS'."""
    return ActionResult({"PolicyARN": put_scaling_policy(self).result["PolicyArn"]})


def put_policy_of_group(self, name, *parameters, **named):
    """Policies of the same name in two groups would be one."""
    policy = put_policy(self, name, *parameters, **named)
    self.policies[(policy.auto_scaling_group_name, name)] = self.policies.pop(name)
    return policy


def delete_policy_of_group(self):
    group, name = self._get_param("AutoScalingGroupName"), self._get_param("PolicyName")
    policies = self.autoscaling_backend.policies
    for key, policy in list(policies.items()):
        if name == policy.arn or (name == policy.name and group in (None, policy.auto_scaling_group_name)):
            del policies[key]
    return EmptyResult()


def describe_alarms_in_state(self):
    """A state beside names or a prefix would not count."""
    result = describe_alarms(self)
    state = self._get_param("StateValue")
    if state:
        result.result["MetricAlarms"] = [alarm for alarm in result.result["MetricAlarms"] if alarm.state_value == state]
    return result


def launch_instances_of_version(self, *parameters):
    """A group launches its instances from the default version of its launch template, whatever version it names."""
    token = launched_version.set(self.launch_template_version if self.ec2_launch_template else None)
    try:
        return launch_instances(self, *parameters)
    finally:
        launched_version.reset(token)


def find_launched_template(self, template):
    version = launched_version.get()
    return find_template(self, {**template, "Version": version} if version else template)


def put_bounded_log_events(self, log_events):
    """A log stream would grow in memory for as long as its machine writes."""
    token = put_log_events(self, log_events)
    del self.events[:-most_log_events]
    return token


LaunchTemplate.create_version = create_mended_version
AutoScalingBackend.put_scaling_policy = put_policy_of_group
AutoScalingResponse.delete_policy = delete_policy_of_group
CloudWatchResponse.describe_alarms = describe_alarms_in_state
AutoScalingResponse.put_scaling_policy = put_named_scaling_policy
FakeAutoScalingGroup.replace_autoscaling_group_instances = launch_instances_of_version
InstanceBackend._get_template_from_args = find_launched_template
LogStream.put_log_events = put_bounded_log_events
