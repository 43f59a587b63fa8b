"""Alarms of CloudWatch."""

from moto.cloudwatch.responses import CloudWatchResponse

describe_alarms = CloudWatchResponse.describe_alarms


def describe_alarms_in_state(self):
    """A state beside names or a prefix would not count."""
    result = describe_alarms(self)
    state = self._get_param("StateValue")
    if state:
        result.result["MetricAlarms"] = [alarm for alarm in result.result["MetricAlarms"] if alarm.state_value == state]
    return result


CloudWatchResponse.describe_alarms = describe_alarms_in_state
