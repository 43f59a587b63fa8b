"""Mends moto 5.2.1, where the gateway cannot. Python loads a module of this name when the emulator starts."""

from contextvars import ContextVar

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.utils import parse_user_data

create_version = LaunchTemplate.create_version
launch_instances = FakeAutoScalingGroup.replace_autoscaling_group_instances
find_template = InstanceBackend._get_template_from_args

launched_version = ContextVar("launched_version", default=None)


def create_version_with_user_data(self, data, description):
    """Only the first version of a launch template has user data of the type that launching instances expects."""
    if isinstance(data.get("UserData"), str):
        data["UserData"] = parse_user_data(data["UserData"])
    return create_version(self, data, description)


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


LaunchTemplate.create_version = create_version_with_user_data
FakeAutoScalingGroup.replace_autoscaling_group_instances = launch_instances_of_version
InstanceBackend._get_template_from_args = find_launched_template
