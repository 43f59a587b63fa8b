"""Settings of Auto Scaling groups and lifecycle hooks that moto drops, and traffic sources, which it does not know."""

from botocore import xform_name
from moto.autoscaling.exceptions import AutoscalingClientError
from moto.autoscaling.models import FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

# The settings that are dropped, or dropped in an update, with the values that unset them.
SETTINGS = {
    "CapacityRebalance": None,
    "Context": None,
    "DefaultCooldown": None,
    "DefaultInstanceWarmup": -1,
    "DesiredCapacityType": None,
    "InstanceMaintenancePolicy": {"MinHealthyPercentage": -1, "MaxHealthyPercentage": -1},
    "MaxInstanceLifetime": 0,
    "PlacementGroup": None,
    "TerminationPolicies": None,
}

create_group = AutoScalingResponse.create_auto_scaling_group
update_group = AutoScalingResponse.update_auto_scaling_group


def create_group_with_settings(self):
    sources = traffic_sources(self)
    result = create_group(self)
    keep_settings(self)
    self.autoscaling_backend.attach_load_balancer_target_groups(self._get_param("AutoScalingGroupName"), sources)
    return result


def update_group_with_settings(self):
    result = update_group(self)
    keep_settings(self)
    return result


def keep_settings(response):
    group = response.autoscaling_backend.autoscaling_groups[response._get_param("AutoScalingGroupName")]
    for name, value in response._get_params().items():
        if name in SETTINGS:
            setattr(group, xform_name(name), None if value == SETTINGS[name] else value)


def traffic_sources(response):
    """Returns the ARNs of the target groups among the traffic sources of a call; no other type is there."""
    sources = response._get_param("TrafficSources", [])
    for source in sources:
        if source.get("Type", "elbv2") != "elbv2":
            message = f"The rehearsal has no traffic sources of the type {source['Type']}"
            raise AutoscalingClientError("ValidationError", message)
    return [source["Identifier"] for source in sources]


def attach_traffic_sources(self):
    group = self._get_param("AutoScalingGroupName")
    self.autoscaling_backend.attach_load_balancer_target_groups(group, traffic_sources(self))
    return EmptyResult()


def detach_traffic_sources(self):
    group = self._get_param("AutoScalingGroupName")
    self.autoscaling_backend.detach_load_balancer_target_groups(group, traffic_sources(self))
    return EmptyResult()


def describe_traffic_sources(self):
    arns = self.autoscaling_backend.describe_load_balancer_target_groups(self._get_param("AutoScalingGroupName"))
    return ActionResult({"TrafficSources": [{**source_of(arn), "State": "Added"} for arn in arns]})


def source_of(arn):
    return {"Identifier": arn, "Type": "elbv2"}


def put_lifecycle_hook(self):
    """The emulator has constants for what a hook does not set."""
    hook = self.autoscaling_backend.create_lifecycle_hook(
        name=self._get_param("LifecycleHookName"),
        as_name=self._get_param("AutoScalingGroupName"),
        transition=self._get_param("LifecycleTransition"),
        timeout=self._get_int_param("HeartbeatTimeout"),
        result=self._get_param("DefaultResult"),
    )
    for name in ("NotificationMetadata", "NotificationTargetARN", "RoleARN"):
        setattr(hook, xform_name(name), self._get_param(name))
    return EmptyResult()


AutoScalingResponse.create_auto_scaling_group = create_group_with_settings
AutoScalingResponse.update_auto_scaling_group = update_group_with_settings
AutoScalingResponse.attach_traffic_sources = attach_traffic_sources
AutoScalingResponse.detach_traffic_sources = detach_traffic_sources
AutoScalingResponse.describe_traffic_sources = describe_traffic_sources
AutoScalingResponse.put_lifecycle_hook = put_lifecycle_hook
FakeAutoScalingGroup.traffic_sources = property(lambda self: [source_of(arn) for arn in self.target_group_arns])
