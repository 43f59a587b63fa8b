/** Called with the share of a step that is done, and awaited, so that the event loop can draw progress and handle Ctrl-C. */
export type ReportShare = (share: number) => Promise<void>;

const betweenReportsMilliseconds = 200;
// The clock is read only now and then.
const itemsAtOnce = 500;

/** Visits all items in their order. Many items take long: a few times a second, the share that is done is reported. */
export async function inTurns<Item>(
  items: readonly Item[],
  report: ReportShare,
  visit: (item: Item, index: number) => void,
): Promise<void> {
  let reportedAt = performance.now();
  for (let at = 0; at < items.length; at += 1) {
    visit(items[at] as Item, at);
    if (at % itemsAtOnce !== 0 || performance.now() - reportedAt < betweenReportsMilliseconds) continue;
    await report(at / items.length);
    reportedAt = performance.now();
  }
}
