import { join } from 'node:path'
import { cellsOf } from '../results/read-cells.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

/** Successful steps of a kind that started in a stretch, from the stored cells. */
const completions = async (dir: string, step: string, stretch: { fromMs: number; toMs: number }): Promise<number> => {
  let count = 0
  for await (const cell of cellsOf(dir)) {
    const isInside = cell.atMs >= stretch.fromMs && cell.atMs < stretch.toMs
    if (cell.kind === 'step' && cell.step === step && cell.outcome === 'ok' && isInside) count += cell.fromSent.count
  }
  return count
}

/** Two counts of Poisson laws of the same rate differ by less than 3 √(a + b), 997 times in 1,000. */
const agree = (a: number, b: number): boolean => Math.abs(a - b) < 3 * Math.sqrt(a + b)

const firstAndLastMinute = async (): Promise<Figure> => {
  const { dir } = await collaudo([
    'run',
    'recup-day',
    '--day',
    'weekday',
    '--from',
    '10:20',
    '--to',
    '10:25',
    '--scale',
    '4',
    '--out',
    'run',
    '--quiet',
  ])
  const run = join(dir, 'run')
  const warmUpMs = 10_000
  const minutes = [warmUpMs, warmUpMs + 240_000].map((fromMs) => ({ fromMs, toMs: fromMs + 60_000 }))
  const counts = await Promise.all(
    ['book', 'accept'].map((step) => Promise.all(minutes.map((minute) => completions(run, step, minute)))),
  )
  const [[bookFirst = 0, bookLast = 0] = [], [acceptFirst = 0, acceptLast = 0] = []] = counts
  return {
    figure: `bookings ${bookFirst} and ${bookLast}, acceptances ${acceptFirst} and ${acceptLast} in the first and the last minute`,
    ok: bookFirst > 0 && agree(bookFirst, bookLast) && agree(acceptFirst, acceptLast),
  }
}

/** An opening state makes a slice steady from its first judged minute. */
export const steady: Proof = {
  name: 'steady',
  cases: [
    {
      name: 'five minutes at × 4',
      limit: 'completed rates of the first and last judged minute within 3 σ',
      run: firstAndLastMinute,
    },
  ],
}
