import type { Gate } from '../../model/gate.ts'

/** A step is good when it is answered within this time: assumption, as the gates of the scenarios have it for a screen. */
const goodWithinMs = 1000

interface Judged {
  readonly phase: Gate['phase']
  readonly streams: readonly string[]
  readonly minRatio: number
  readonly why: string
}

/** So many steps of these streams are answered well in a phase. */
export const wellIn = (name: string, judged: Judged, withinMs = goodWithinMs): Gate => ({
  kind: 'quality',
  name,
  ...judged,
  goodWithinMs: withinMs,
  minSamples: 10,
})

/** These streams are well again so soon after the fault. */
export const wellAgain = (streams: readonly string[], withinMs: number, why: string): Gate => ({
  kind: 'recovery',
  name: 'recovered',
  phase: 'recovery',
  streams,
  goodWithinMs,
  minRatio: 0.95,
  withinMs,
  why,
})

/** Whoever gets nothing of these streams is told so in time. */
export const toldSoon = (streams: readonly string[], limitMs: number, why: string): Gate => ({
  kind: 'told',
  name: 'told',
  phase: 'fault',
  streams,
  quantile: 0.95,
  limitMs,
  minSamples: 10,
  why,
})

/** Emergency departments go on as usual while something else is broken. */
export const emergenciesGoOn = (why: string): Gate =>
  wellIn('emergencies-go-on', { phase: 'fault', streams: ['emergency'], minRatio: 0.99, why })

/** Who has a booking is accepted while prescriptions cannot be asked for. */
export const acceptancesGoOn: Gate = wellIn('acceptances-go-on', {
  phase: 'fault',
  streams: ['counter'],
  minRatio: 0.95,
  why: 'assumption: who has a booking is accepted without asking for the prescription again',
})

/** Prescriptions that do not answer get no storm of calls. */
export const notAskedAgainAndAgain: Gate = {
  kind: 'amplification',
  name: 'not-asked-again-and-again',
  phase: 'fault',
  edge: 'recup→prescriptions',
  limitRatio: 1.5,
  why: 'assumption: a dead system gets at most half as many calls again as a healthy one',
}

/** What every experiment is judged by: its steady state, its measurement, what is left afterwards, and the promises. */
export const everyGate: readonly Gate[] = [
  {
    name: 'steady-failures',
    kind: 'failures',
    phase: 'steady',
    limitRatio: 0.001,
    why: 'assumption: before the fault errors are within 0.1 %, or nothing can be said of it',
  },
  {
    name: 'steady-quality',
    kind: 'quality',
    phase: 'steady',
    goodWithinMs,
    minRatio: 0.99,
    minSamples: 30,
    why: 'assumption: before the fault 99 % of the steps are answered within 1 s',
  },
  {
    name: 'fault-timer-lag',
    kind: 'timer-lag',
    phase: 'fault',
    quantile: 0.99,
    limitMs: 50,
    why: 'a load generator later than this has measured itself; idle machines show 2 to 13 ms',
  },
  {
    name: 'after-quality',
    kind: 'quality',
    phase: 'after',
    goodWithinMs,
    minRatio: 0.99,
    minSamples: 30,
    why: 'assumption: afterwards it is as before, under the same load',
  },
  {
    name: 'integrity',
    kind: 'integrity',
    phase: 'steady',
    limitCount: 0,
    why: 'whatever fails, nothing that was confirmed is lost and nothing is sold twice',
  },
]
