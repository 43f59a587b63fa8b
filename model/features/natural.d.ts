// natural's root module takes seconds and over 100 MB to load, so the code imports single files, which have no types.

declare module 'natural/lib/natural/tokenizers/*' {
  export default class Tokenizer {
    tokenize(text: string): string[];
  }
}

declare module 'natural/lib/natural/stemmers/*' {
  const stemmer: { stem(token: string): string };
  export default stemmer;
}

declare module 'natural/lib/natural/util/stopwords.js' {
  export const words: string[];
}

declare class NaturalClassifier {
  features: Record<string, number>;
  addDocument(tokens: string[], label: string): void;
  train(): void;
  getClassifications(tokens: string[]): { label: string; value: number }[];
}

declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  export default class BayesClassifier extends NaturalClassifier {
    classifier: {
      classFeatures: Record<string, Record<string, number>>;
      classTotals: Record<string, number>;
      totalExamples: number;
      smoothing: number;
    };
  }
}

declare module 'natural/lib/natural/classifiers/logistic_regression_classifier.js' {
  export default class LogisticRegressionClassifier extends NaturalClassifier {
    classifier: { classifications: string[]; theta: { elements: number[] }[] };
  }
}
