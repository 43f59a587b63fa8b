import type { IdentifiedPrediction } from '../../common/feedback/prediction-id.ts';
import type { FeedbackRecord } from '../../common/feedback/record.ts';
import type { Context } from '../context.ts';
import type { Feedback } from '../feedback/open.ts';
import { answerJson } from '../http/answer.ts';
import { parseJson } from '../http/body.ts';
import { validateBody } from '../http/validate.ts';
import { HttpProblem, invalidAt } from '../problems/problem.ts';
import { feedbackRequestSchema, feedbackSchema } from '../schemas/feedback.ts';
import { json, type Operation } from './operation.ts';

/** `POST /feedback`: takes which intent was right. */
export function feedbackOperation({ settings }: Context, feedback: Feedback): Operation {
  const body = feedbackRequestSchema(settings.limits.textCharacters);
  return {
    id: 'feedback',
    tag: 'feedback',
    method: 'post',
    scope: 'feedback',
    path: '/feedback',
    summary: 'Say which intent of a prediction was right; the first time counts',
    body: { schema: body, mediaTypes: [json] },
    answer: { description: 'The feedback counts, or there was one before', mediaType: json, schema: feedbackSchema },
    problems: [],
    handle: async (request, response) => {
      const { id, intent, text } = validateBody(body, parseJson(request.body));
      const prediction = readId(feedback, id);
      const record = recordOf(prediction, {
        intent,
        ...(feedback.keepsTexts && text !== undefined && { text }),
        ...(request.apiKey && { key: request.apiKey.name }),
      });
      const outcome = await feedback.spool.add(record);
      if (outcome === 'full') throw full();
      const status = outcome === 'kept' ? 'accepted' : 'known';
      answerJson(response, 200, { status, predicted: record.predicted, intent });
    },
  };
}

function readId({ ids, days }: Feedback, id: string): IdentifiedPrediction {
  const prediction = ids.read(id);
  if (!prediction) throw invalidAt('/id', 'expected the id of a prediction of this service');
  const age = Date.now() / 1000 - prediction.seconds;
  if (age > days * 86_400) throw invalidAt('/id', `expected the id of a prediction of the last ${days} days`);
  return prediction;
}

function recordOf(
  { seconds, nonce, release, intent: predicted }: IdentifiedPrediction,
  given: Pick<FeedbackRecord, 'intent' | 'text' | 'key'>,
): FeedbackRecord {
  return {
    prediction: seconds.toString(16).padStart(8, '0') + nonce,
    predictedAt: new Date(seconds * 1000).toISOString(),
    receivedAt: new Date().toISOString(),
    ...{ release, predicted, ...given },
  };
}

function full(): HttpProblem {
  const detail = 'Too much feedback waits to be stored; try again in a minute.';
  return new HttpProblem('overloaded', detail, { headers: { 'Retry-After': '60' } });
}
