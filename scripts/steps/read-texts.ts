import { type DatasetSplits, loadDatasets } from '../../model/datasets/load.ts';
import { type DataReport, reportOn } from '../../model/datasets/report.ts';
import type { ModelSettings } from '../../model/settings.ts';
import { reporter, steps } from '../command-line/progress.ts';
import { trainingProgress } from '../command-line/training-progress.ts';

interface ReadTexts {
  splits: DatasetSplits;
  report: DataReport;
}

/** Reads the texts that the settings name, and examines them. */
export function readTexts(settings: ModelSettings): Promise<ReadTexts> {
  return steps<ReadTexts>([
    {
      title: 'Read the texts',
      task: async (context, task) => {
        const onProgress = trainingProgress(reporter(task));
        context.splits = await loadDatasets(settings, (share) => onProgress('rows', share));
        context.report = await reportOn(context.splits, (share) => onProgress('duplicates', share));
      },
    },
  ]).run({} as ReadTexts);
}
