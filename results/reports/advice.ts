import type { Gate } from '../../model/gate.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { brokenPromises } from '../judge.ts'
import { clocksApartMs, mostApartMs } from '../part-results.ts'
import { adviceOf } from './comparison-figures.ts'

/** What somebody who reads this verdict can do next, most urgent first; a sentence each. */
export const advice = (record: RunRecord): readonly string[] => {
  const sentences = [
    ...promises(record),
    ...comparisonAdvice(record),
    ...record.gates.flatMap((gate, index) => gateAdvice(gate, record.gateDefinitions[index])),
    ...measurement(record),
  ]
  if (sentences.length > 0) return [...new Set(sentences)]
  if (record.verdict === 'pass' && record.resilience)
    return ['Keep this record. Next: collaudo chaos go-live, and whatever of collaudo list has not been tried yet.']
  if (record.verdict === 'pass')
    return ['Keep this record. Repeat with a higher --scale to learn how much more the systems carry.']
  return ['Repeat the run with the command below.']
}

const comparisonAdvice = ({ id, verdict, comparison }: RunRecord): readonly string[] =>
  comparison && verdict === comparison.verdict ? adviceOf(comparison, id) : []

const promises = ({ integrity }: RunRecord): readonly string[] => {
  const sentences: string[] = []
  if (brokenPromises(integrity) > 0) {
    sentences.push(
      'Do not go live. Look the identifiers under “Broken promises” up in the systems’ logs: each names the write, what was confirmed and what is stored.',
    )
  }
  if (!integrity.complete)
    sentences.push(
      'Make the target answer searches again, then repeat the run: what was written could not be read back.',
    )
  return sentences
}

const onFailure: Readonly<Record<Gate['kind'], string>> = {
  latency:
    'See in the latency chart when it became slow. Slow only from due: requests waited for a free actor or connection. Slow from sent too: the system itself was slow.',
  failures: 'Follow the trace ids under Evidence in the systems’ logs: they are the first failures of each step.',
  told: 'See under Evidence which steps hung: whoever gets nothing must be told so soon. Look for a call without a time-out.',
  quality:
    'See under Experiment when users were hit and for how long, and under Evidence by what: what the fault does not touch must go on.',
  recovery:
    'See under Experiment what stayed bad after the fault was gone: connections that are not opened again, work that has piled up, a process that starts slowly.',
  amplification:
    'Look for calls that are tried again at once and many times: a system that is ill gets more of them than a healthy one.',
  outcomes:
    'See under Journeys which outcomes took the place of the wanted one, and under Evidence the answers behind them.',
  total:
    'See under Journeys how many ended otherwise. Too few of them: some slots were held and not sold, or nobody was shown them. Too many: one was sold twice.',
  'all-done':
    'See under Journeys what was not done, or was still under way at the end: all of it has to be there before anybody relies on it.',
  answered:
    'See under Call centre whether the operators were too few or each call took too long: a slow screen keeps an operator, and the next caller waits.',
  throughput:
    'See under Journeys what ended otherwise, and in the arrivals chart whether all that was planned was started.',
  sustained: 'See in the latency chart when it was bad: the rest of the run hides it in any figure of the whole.',
  'burn-rate':
    'Follow the trace ids under Evidence in the systems’ logs: users met this for long enough to be an incident.',
  metric: 'Look at the metric in the target’s own dashboards over the time of the run.',
  'timer-lag': '',
  integrity: '',
}

const gateAdvice = ({ verdict, samples }: RunRecord['gates'][number], gate: Gate | undefined): readonly string[] => {
  if (verdict === 'fail' && gate && onFailure[gate.kind] !== '') return [onFailure[gate.kind]]
  if (verdict === 'invalid') {
    return [
      'Give the load generator processors of its own, or split the load, then repeat the run: it was too late to be believed.',
    ]
  }
  if (verdict === 'inconclusive' && gate?.kind !== 'integrity') {
    return [
      `Run longer or at a higher --scale: ${samples === 0 ? 'a gate saw nothing' : 'a gate saw too few samples'} to judge.`,
    ]
  }
  return []
}

const measurement = ({ delivery, ended, parts = [] }: RunRecord): readonly string[] => {
  const sentences: string[] = []
  if (delivery.samplesLost > 0)
    sentences.push('Repeat the run on a machine that is less busy: samples were lost on their way.')
  if (delivery.started < delivery.planned && ended === 'completed') {
    sentences.push(
      'See in the arrivals chart when the systems began to fall behind: rows that never started are citizens who were not served.',
    )
  }
  if (parts.some(({ state }) => state !== 'ended')) {
    sentences.push(
      'Fetch what is still on its machine and merge again, or read the end of its log (part-N.log, or its pod’s) and split again.',
    )
  } else if (ended === 'crashed')
    sentences.push('Read the end of k6’s log in the run folder, mend what crashed, then repeat the run.')
  if (clocksApartMs(parts) > mostApartMs) sentences.push('Keep the machines’ clocks by NTP, then split again.')
  return sentences
}
