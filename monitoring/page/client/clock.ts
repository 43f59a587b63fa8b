const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
});

/** Formats a time of today, such as `12:03:05`. */
export function clockTime(at: Date): string {
  return time.format(at);
}

/** Formats a time of any day, such as `Sun 29 Nov, 12:03`. */
export function dayTime(at: Date): string {
  return dayAndTime.format(at);
}

/** The name of the time zone in which all times are shown. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
