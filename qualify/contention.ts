import { recordOf } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

const slots = 300

const told = async (defects: readonly string[]) => {
  const record = await recordOf(['agenda-release', ...defects])
  const [{ planned = 0, outcomes = {} } = {}] = record.journeys
  const { done = 0, 'lost-race': late = 0, 'no-offer': tooLate = 0 } = outcomes
  const { doubleBooked, examples } = record.integrity
  const slowest = record.gates.find(({ name }) => name === 'told-p99')?.observed ?? 0
  const figure = `${record.verdict}: ${planned} citizens, ${done} bookings, ${late} lost the race, ${tooLate} found nothing left, told within ${slowest.toFixed(0)} ms (p99), ${doubleBooked} slots sold twice${examples[0] ? `, e.g. ${examples[0].slot}` : ''}`
  return { record, done, isEverybodyTold: done + late + tooLate === planned, doubleBooked, figure }
}

const clean = async (): Promise<Figure> => {
  const { record, done, isEverybodyTold, doubleBooked, figure } = await told([])
  return { figure, ok: record.verdict === 'pass' && done === slots && isEverybodyTold && doubleBooked === 0 }
}

const defective = async (): Promise<Figure> => {
  const { record, doubleBooked, figure } = await told(['--defect', 'double-booking=1%'])
  return { figure, ok: record.verdict === 'fail' && doubleBooked > 0 && record.integrity.examples.length > 0 }
}

/** Seven citizens for every slot: each is sold once, and a system that sells one twice is found out. */
export const contention: Proof = {
  name: 'contention',
  cases: [
    { name: '300 slots, 2,000 citizens a minute', limit: '300 bookings, no slot twice, everybody told', run: clean },
    { name: 'the same with double-booking at 1 %', limit: 'found and named', run: defective },
  ],
}
