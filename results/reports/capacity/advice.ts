import type { CapacityRecord, Search } from '../../../model/capacity-record.ts'
import { formatTimes } from '../../format.ts'

/** What a planner can do next, most urgent first; a sentence each. */
export const capacityAdvice = (record: CapacityRecord): readonly string[] => {
  const { verdict, search, without } = record
  const sentences = [
    ...(verdict === 'fail'
      ? ['Do not go live at the forecast load: see the first trial that broke, and its report.']
      : []),
    ...endingAdvice(search),
    ...(without ? endingAdvice(without.search) : []),
    ...untoldAdvice(search),
    ...bottleneckAdvice(search),
    ...planningAdvice(search),
  ]
  return [...new Set(sentences)]
}

const endingAdvice = ({ ended, gateLimit }: Search): readonly string[] => {
  switch (ended) {
    case 'time':
      return [
        `Give it more time (--within), or begin nearer to the limit${'loadRatio' in gateLimit ? ` (--from-scale ${gateLimit.loadRatio.toPrecision(2)})` : ''}.`,
      ]
    case 'load-generator':
      return ['Give the load generator processors of its own, then search again: it could not make more load in time.']
    case 'refused':
      return ['Mend what is said above, or choose a machine with more room, then search again.']
    case 'max-scale':
      return ['Raise --max-scale to look for a limit higher up.']
    case 'crashed':
      return ['Read the end of k6’s log in the folder of the last trial.']
    case 'interrupted':
      return ['Start the search again to find the rest.']
    case 'nothing-holds':
      return ['Look at the gates that break under hardly any load: collaudo run shows why.']
    case 'found':
      return []
  }
}

/** Trials that saw too little to be judged. */
const untoldAdvice = ({ trials }: Search): readonly string[] =>
  trials.some(({ verdict, ended }) => verdict === 'inconclusive' && ended === 'completed')
    ? ['Make the trials longer (--squeeze 2m): gates saw too few samples in some of them.']
    : []

const bottleneckAdvice = ({ bottleneck }: Search): readonly string[] => {
  switch (bottleneck?.kind) {
    case 'system':
      return [`To carry more, make ${bottleneck.system} faster, or give it more processes: nothing else helps before.`]
    case 'actors':
      return [`To carry more, put more people on shift for ${bottleneck.streams.join(', ')}.`]
    default:
      return []
  }
}

const planningAdvice = ({ gateLimit }: Search): readonly string[] =>
  gateLimit.kind === 'found' || gateLimit.kind === 'above'
    ? [
        `Plan with the gate limit (${formatTimes(gateLimit.loadRatio)}), not with the breakpoint: there users suffer already.`,
      ]
    : []
