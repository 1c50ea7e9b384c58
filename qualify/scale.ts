import { type MeasuredRun, measuredRun, type ProcessShare } from './measured-run.ts'
import type { Figure, Proof } from './proof.ts'

/** Five minutes of the Monday peak. */
const peak = ['recup-day', '--day', 'monday', '--from', '09:00', '--to', '09:05']

const figureOf = ({ record, usage, requestsPerSecond }: MeasuredRun): Figure => {
  const { delivery, reasons, verdict } = record
  return {
    figure: [
      `${delivery.started} of ${delivery.planned} rows started, ${requestsPerSecond.toFixed(0)} requests/s`,
      usage.map(inWords).join(', '),
      `timer lag p99 ${delivery.timerLagMs.p99.toFixed(1)} ms, waited for an actor p99 ${(delivery.workerWaitMs.p99 / 1000).toFixed(1)} s`,
      `${verdict}: ${reasons[0] ?? 'no limit reached'}`,
    ].join('; '),
    ok: delivery.started === delivery.planned && delivery.samplesLost === 0 && record.integrity.complete,
  }
}

const inWords = ({ name, cpuRatio, rssBytes }: ProcessShare): string =>
  `${name} ${(100 * cpuRatio).toFixed(0)} % of a core and ${(rssBytes / 1e6).toFixed(0)} MB`

/** The region's Monday peak and its multiples on one small machine. */
export const scale: Proof = {
  name: 'scale',
  cases: [1, 2, 5, 10].map((factor) => ({
    name: `Monday 9:00 to 9:05 at × ${factor}`,
    limit: 'every row started; the first limit named',
    run: async () => figureOf(await measuredRun([...peak, '--scale', String(factor)])),
  })),
}
