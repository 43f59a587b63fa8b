/** The times by which the classification of one text is counted, in seconds: from 5 µs, a short text and few intents, to 80 ms. */
export const inferenceBounds: readonly number[] = Array.from({ length: 15 }, (_, power) => 0.000_005 * 2 ** power);
