import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { modelSchema, type ServedModel } from '../schemas/model.ts';
import { json, type Operation } from './operation.ts';

/** `GET /model`: which model answers, and how good it is. */
export function modelOperation({ classifier }: Context): Operation {
  return {
    id: 'model',
    tag: 'about',
    method: 'get',
    scope: 'predict',
    path: '/model',
    summary: 'Which model answers, and how good it is',
    answer: { description: 'The model that answers', mediaType: json, schema: modelSchema },
    problems: [],
    handle: (_request, response) => answerJson(response, 200, servedModel(classifier())),
  };
}

function servedModel({ manifest }: ReturnType<Context['classifier']>): ServedModel {
  const { version: model, profile, algorithm, labels: intents, threshold, trainedAt, metrics } = manifest;
  const { examples, accuracy, accuracyInterval, calibrationError } = metrics;
  return {
    ...{ model, profile, algorithm, intents, threshold: threshold.value, trainedAt },
    metrics: { examples, accuracy, accuracyInterval, calibrationError },
  };
}
