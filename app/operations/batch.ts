import type { z } from 'zod';
import { textSchema } from '../../common/text-schema.ts';
import type { Classifier } from '../../model/artifact/open.ts';
import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { parseJson } from '../http/body.ts';
import { invalidDetail, validateBody } from '../http/validate.ts';
import { invalidAt, type ProblemBody } from '../problems/problem.ts';
import {
  type BatchItem,
  batchRequestSchema,
  batchSchema,
  type PredictQuery,
  predictQuerySchema,
} from '../schemas/prediction.ts';
import { json, type Operation } from './operation.ts';
import { classify, readQuery } from './predict.ts';

/** `POST /predict/batch`: classifies many texts, each with its own answer or problem. */
export function batchOperation(context: Context): Operation {
  const { batchTexts, textCharacters } = context.settings.limits;
  const body = batchRequestSchema(batchTexts);
  const answerText = textAnswerer(context, textSchema(textCharacters));
  return {
    id: 'predictBatch',
    tag: 'predict',
    method: 'post',
    scope: 'predict',
    path: '/predict/batch',
    summary: `Classify up to ${batchTexts} texts; an invalid one does not affect the others`,
    query: predictQuerySchema,
    body: { schema: body, mediaTypes: [json] },
    answer: { description: 'A prediction or a problem for each text', mediaType: json, schema: batchSchema },
    problems: [],
    handle: (request, response) => {
      const query = readQuery(request);
      const { texts } = validateBody(body, parseJson(request.body));
      request.texts = texts.filter((text) => typeof text === 'string');
      const classifier = context.classifier();
      const results = texts.map((text, index) => answerText(classifier, query, text, index));
      answerJson(response, 200, { model: classifier.manifest.version, results });
    },
  };
}

function textAnswerer(context: Context, schema: z.ZodType<string>) {
  return (classifier: Classifier, query: PredictQuery, text: unknown, index: number): BatchItem | ProblemBody => {
    const detail = invalidDetail(schema, text);
    if (detail !== undefined) return invalidAt(`/texts/${index}`, detail).toBody();
    return classify(context, classifier, text as string, query);
  };
}
