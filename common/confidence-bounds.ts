/** The confidences by which predictions are counted, finer where most of them are: in training, in service and in rules of drift. */
export const confidenceBounds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1] as const;
