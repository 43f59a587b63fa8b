import type { Panel } from '../panel.ts';

const group = 'Shadow';
const empty = 'No release runs as a shadow.';
const rate = (name: string, labels = '') => `rate(intent_shadow_${name}${labels}[$window])`;
const answers = (labels = '') => `sum by (candidate) (${rate('answers_total', labels)})`;
const disagreements = 'intent_shadow_disagreements_total';
const by = 'by (live_intent, candidate_intent)';
const confidence = (part: string) => `sum by (of) (${rate(`confidence_ratio_${part}`)})`;

/** What a new release answers to what people ask, beside the one that answers them. */
export const shadowPanels: readonly Panel[] = [
  {
    ...{ id: 'shadow-agreement', title: 'Agreement', group, unit: 'ratio', empty },
    description: 'The share of texts to which the release that runs as a shadow answers the same as the live one.',
    queries: [{ legend: '{{candidate}}', query: `${answers('{agrees="yes"}')} / ${answers()}` }],
  },
  {
    ...{ id: 'shadow-disagreements', title: 'Disagreements', group, unit: 'a minute' },
    description: 'The ten most frequent pairs of different answers of the time shown: that of the live release first.',
    queries: [
      {
        legend: '{{live_intent}} → {{candidate_intent}}',
        query: `sum ${by} (rate(${disagreements}[$window])) * 60 and on (live_intent, candidate_intent) topk(10, sum ${by} (increase(${disagreements}[$range] @ end())))`,
      },
    ],
    empty: 'Both releases answer the same, or none runs as a shadow.',
  },
  {
    ...{ id: 'shadow-confidence', title: 'Confidence of both', group, unit: 'ratio', empty },
    description: 'The mean confidence of the live release and of the shadow in their answers to the same texts.',
    queries: [{ legend: '{{of}}', query: `${confidence('sum')} / ${confidence('count')}` }],
  },
  {
    ...{ id: 'shadow-inference', title: 'Time to classify of both', group, unit: 'seconds', empty },
    // Half of the texts are answered without a pause, however little processor time the shadow has; the mean has all pauses in it.
    description: 'The median time of the model alone for one text, in the live release and in the shadow.',
    queries: [
      {
        legend: '{{of}}',
        query: `histogram_quantile(0.5, sum by (of, le) (${rate('inference_duration_seconds_bucket')}))`,
      },
    ],
  },
  {
    ...{ id: 'shadow-copies', title: 'Copies', group, unit: 'a minute', empty },
    description:
      'Texts that were compared, and those that were not: the worker dropped it, or the shadow lagged, failed or was slow.',
    queries: [
      { legend: 'compared', query: `sum(${rate('answers_total')}) * 60` },
      { legend: '{{why}}', query: `sum by (why) (${rate('copies_lost_total')}) * 60` },
      { legend: 'dropped', query: `sum(${rate('copies_total', '{outcome="dropped"}')}) * 60` },
    ],
  },
  {
    ...{ id: 'shadow-up', title: 'Machines with a shadow', group, unit: 'count', kind: 'steps', empty },
    description: 'Machines on which the worker of the shadow answers.',
    queries: [{ legend: '{{candidate}}', query: 'sum by (candidate) (intent_shadow_up)' }],
  },
];
