import { experiments } from '../chaos/experiments/registry.ts'
import { rngOf } from '../generators/rng.ts'
import { type Kill, type Killed, killExperiment } from './killed-experiment.ts'
import { isNothing } from './left-behind.ts'
import type { Figure, Proof } from './proof.ts'

const batches = 10
const kills = 10

/** Half of the kills fall into faults or right behind them; the others on the way there, many while the target comes up, and until after the end. */
const moments = {
  start: { firstMs: 500, lastMs: 12_000 },
  plan: { firstMs: 0, lastMs: 3000 },
  load: { firstMs: 0, lastMs: 20_000 },
  fault: { firstMs: 0, lastMs: 6000 },
} as const

const possible = experiments.filter(({ cannot }) => cannot['twin'] === undefined)

/** The kill of a number: which experiment, when, whom and who tidies up follow from it. */
export const killOf = (number: number): Kill => {
  const rng = rngOf(number)
  const experiment = possible[rng.below(possible.length)]?.name ?? ''
  const since = rng.float() < 0.5 ? 'fault' : ((['start', 'plan', 'load', 'load'] as const)[rng.below(4)] ?? 'load')
  const { firstMs, lastMs } = moments[since]
  return {
    experiment,
    seed: number,
    since,
    afterMs: firstMs + rng.float() * (lastMs - firstMs),
    whom: rng.float() < 0.5 ? 'collaudo' : 'group',
    restores: number % 2 === 0,
  }
}

const batch = async (first: number): Promise<Figure> => {
  const all: (Kill & Killed)[] = []
  for (let number = first; number < first + kills; number++) {
    const kill = killOf(number)
    all.push({ ...kill, ...(await killExperiment(kill)) })
  }
  const left = all.filter((one) => !isNothing(one.left))
  const slowest = Math.max(...all.filter(({ restores }) => !restores).map(({ cleanAfterMs }) => cleanAfterMs))
  const inFault = all.filter(({ phase }) => phase.startsWith('fault')).length
  const examples = left.map(
    ({ experiment, seed, left: what }) => ` ${experiment} (kill ${seed}): ${JSON.stringify(what)}`,
  )
  return {
    figure: `${all.length} killed, ${inFault} of them while a fault was there; ${all.length - left.length} left nothing, by themselves after ${(slowest / 1000).toFixed(1)} s at most${examples.join(';')}`,
    ok: left.length === 0,
  }
}

/** Whoever is killed leaves nothing changed: half of them are tidied up by `restore`, half by whoever was left to watch. */
export const restoration: Proof = {
  name: 'restoration',
  cases: Array.from({ length: batches }, (_, index) => ({
    name: `kills ${index * kills + 1} to ${(index + 1) * kills}`,
    limit: 'no fault, no process, no port, no folder left',
    run: () => batch(index * kills + 1),
  })),
}
