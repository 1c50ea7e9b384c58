import type { RunRecord } from '../../model/run-record.ts'
import { callCentreSentence } from './call-centre-figures.ts'
import { callCentreOutlookSentences } from './call-centre-outlook-sentences.ts'
import { comparisonSentences } from './comparison-figures.ts'
import { leftOutSentences } from './left-out-sentences.ts'
import { notStartedSentences } from './not-started-sentences.ts'
import { slowRequestsSentences } from './slow-requests-sentence.ts'

/** What else a run has to say beside its verdict, its gates and its numbers; a sentence each. */
export const furtherSentences = (record: RunRecord): readonly string[] => [
  ...leftOutSentences(record),
  ...notStartedSentences(record),
  ...record.callCentres.map(callCentreSentence),
  ...record.callCentres.flatMap(callCentreOutlookSentences),
  ...slowRequestsSentences(record),
  ...(record.comparison ? comparisonSentences(record.comparison) : []),
]
