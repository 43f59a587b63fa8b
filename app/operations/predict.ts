import type { Request } from 'express';
import type { Classifier } from '../../model/artifact/open.ts';
import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { parseJson } from '../http/body.ts';
import { validateBody, validateQuery } from '../http/validate.ts';
import {
  type BatchItem,
  type PredictQuery,
  predictionSchema,
  predictQuerySchema,
  predictRequestSchema,
} from '../schemas/prediction.ts';
import { answerText } from './answer-text.ts';
import { json, type Operation } from './operation.ts';

/** `POST /predict`: classifies one text. */
export function predictOperation(context: Context): Operation {
  const body = predictRequestSchema(context.settings.limits.textCharacters);
  return {
    id: 'predict',
    tag: 'predict',
    method: 'post',
    scope: 'predict',
    path: '/predict',
    summary: 'Classify one text',
    query: predictQuerySchema,
    body: { schema: body, mediaTypes: [json] },
    answer: { description: 'The intent', mediaType: json, schema: predictionSchema },
    problems: [],
    handle: (request, response) => {
      const query = readQuery(request);
      const { text } = validateBody(body, parseJson(request.body));
      request.texts = [text];
      const classifier = context.classifier();
      const prediction = classify(context, classifier, text, query);
      answerJson(response, 200, { ...prediction, model: classifier.manifest.version });
    },
  };
}

const noQuery: PredictQuery = predictQuerySchema.parse({});

/** Returns the query parameters of a request. Most requests have none, and parsing an empty query takes time. */
export function readQuery(request: Request): PredictQuery {
  return request.url.includes('?') ? validateQuery(predictQuerySchema, request.query) : noQuery;
}

/** Classifies one text as the query asks. */
export function classify(context: Context, classifier: Classifier, text: string, query: PredictQuery): BatchItem {
  const { feedback } = context;
  const answered = answerText(context, classifier, text, query.top);
  const prediction = feedback ? { ...answered, id: feedback.identify(answered.intent) } : answered;
  if (!query.explain) return prediction;
  // The intent `unknown` cannot be explained; the best guess is what users want to understand.
  return { ...prediction, explanation: classifier.explain(text, prediction.alternatives[0]?.intent) };
}
