"""Lines of CloudWatch Logs."""

from moto.logs.models import LogStream

put_log_events = LogStream.put_log_events

# About 40 MB of memory.
most_log_events = 50_000


def put_bounded_log_events(self, log_events):
    """A log stream would grow in memory for as long as its machine writes."""
    token = put_log_events(self, log_events)
    del self.events[:-most_log_events]
    return token


LogStream.put_log_events = put_bounded_log_events
