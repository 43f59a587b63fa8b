"""Scaling policies of Auto Scaling groups."""

from moto.autoscaling.models import AutoScalingBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

put_policy = AutoScalingResponse.put_scaling_policy
put_policy_by_name = AutoScalingBackend.put_scaling_policy


def put_whole_policy(self):
    """The answer has the ARN by another name than AWS', and the policy is neither enabled nor disabled."""
    put_policy(self)
    policy = self.autoscaling_backend.policies[(self._get_param("AutoScalingGroupName"), self._get_param("PolicyName"))]
    policy.enabled = self._get_bool_param("Enabled", True)
    policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None
    return ActionResult({"PolicyARN": policy.arn})


def put_policy_of_group(self, name, *parameters, **named):
    """Policies of the same name in two groups would be one."""
    policy = put_policy_by_name(self, name, *parameters, **named)
    self.policies[(policy.auto_scaling_group_name, name)] = self.policies.pop(name)
    return policy


def delete_policy_of_group(self):
    group, name = self._get_param("AutoScalingGroupName"), self._get_param("PolicyName")
    policies = self.autoscaling_backend.policies
    for key, policy in list(policies.items()):
        if name == policy.arn or (name == policy.name and group in (None, policy.auto_scaling_group_name)):
            del policies[key]
    return EmptyResult()


AutoScalingResponse.put_scaling_policy = put_whole_policy
AutoScalingResponse.delete_policy = delete_policy_of_group
AutoScalingBackend.put_scaling_policy = put_policy_of_group
