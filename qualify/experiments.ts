import { experiments } from '../chaos/experiments/registry.ts'
import { type DormantDefect, dormantDefects } from '../model/defect.ts'
import { runRecordSchema } from '../model/run-record.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof, ProofCase } from './proof.ts'

/** Which experiments have to find what is wrong with the twin; all others must not be disturbed by it. */
const finders: Readonly<Record<DormantDefect, readonly string[]>> = {
  'no-timeout': ['partition-prescriptions'],
  'retry-storm': ['partition-prescriptions', 'national-services-outage'],
  'slow-recovery': [
    'database-failover',
    'certificate-expiry',
    'partition-prescriptions',
    'rolling-kill',
    'national-services-outage',
  ],
  // What was confirmed and is not on the disk yet is lost as well when that is full.
  'lost-on-crash': ['database-failover', 'image-archive-full'],
  'stale-health': ['zone-lost', 'gray-failure'],
}

const cleanSeeds = 10

const possible = experiments.filter(({ cannot }) => cannot['twin'] === undefined)

/** A defect that the twin cannot have together with the replicas of an experiment. */
const isExcluded = (defect: DormantDefect, replicas: object): boolean =>
  defect === 'lost-on-crash' && Object.keys(replicas).length > 0

const conduct = async (experiment: string, more: readonly string[], wanted: 'pass' | 'fail'): Promise<Figure> => {
  const { stdout, stderr } = await collaudo(['chaos', experiment, ...more, '--json'])
  if (stdout === '') return { figure: stderr.trim().split('\n').slice(-2).join(' '), ok: false }
  const { verdict, reasons, resilience } = runRecordSchema.parse(JSON.parse(stdout))
  const score = typeof resilience?.scoreRatio === 'number' ? `, score ${Math.round(resilience.scoreRatio * 100)}` : ''
  const isRestored = resilience?.isRestored === true
  return {
    figure: [`${verdict}${score}${isRestored ? '' : ', not restored'}`, ...reasons.slice(0, 2)].join('; '),
    ok: verdict === wanted && isRestored,
  }
}

const withDefect = (defect: DormantDefect): readonly ProofCase[] =>
  possible
    .filter(({ replicas }) => !isExcluded(defect, replicas))
    .map(({ name }) => {
      const wanted = finders[defect].includes(name) ? 'fail' : 'pass'
      return {
        name: `${defect}, ${name}`,
        limit: wanted === 'fail' ? 'found: a fail' : 'not disturbed: a pass',
        run: () => conduct(name, ['--defect', `${defect}=1`], wanted),
      }
    })

const clean = (seed: number): readonly ProofCase[] =>
  possible.map(({ name }) => ({
    name: `clean seed ${String(seed).padStart(2, '0')}, ${name}`,
    limit: 'a pass',
    run: () => conduct(name, ['--seed', String(seed)], 'pass'),
  }))

/** Each defect fails the experiments that are to find it and no other; a sound twin passes them all. */
export const truthOfExperiments: Proof = {
  name: 'experiments',
  cases: [
    ...dormantDefects.flatMap(withDefect),
    ...Array.from({ length: cleanSeeds }, (_, index) => clean(index + 1)).flat(),
  ],
}

/** How a case came out, in a cell: what it was, and whether that is right. */
const cellOf = (figure: Figure | undefined): string => {
  if (!figure) return ''
  const [verdict = ''] = figure.figure.split(/[,;]/)
  return figure.ok ? verdict : `**${verdict}**`
}

/** Experiments down, defects across; and of how many clean seeds each passed. */
export const experimentMatrix = (figureOf: (name: string) => Figure | undefined): readonly string[] => {
  const seeds = Array.from({ length: cleanSeeds }, (_, index) => String(index + 1).padStart(2, '0'))
  const cleanOf = (experiment: string): string => {
    const measured = seeds.flatMap((seed) => figureOf(`clean seed ${seed}, ${experiment}`) ?? [])
    return measured.length === 0 ? '' : `${measured.filter(({ ok }) => ok).length} of ${measured.length}`
  }
  const cell = (defect: DormantDefect, { name, replicas }: (typeof possible)[number]): string =>
    isExcluded(defect, replicas) ? '–' : cellOf(figureOf(`${defect}, ${name}`))
  return [
    '## Experiments and defects',
    '',
    'Verdict of each experiment on a twin with each defect, and how many clean seeds it passed. Bold: not what it has to be. Empty: not measured. –: cannot be had together.',
    '',
    `| experiment | ${dormantDefects.join(' | ')} | clean seeds passed |`,
    `|---|${dormantDefects.map(() => '---|').join('')}---|`,
    ...possible.map(
      (one) =>
        `| ${one.name} | ${dormantDefects.map((defect) => cell(defect, one)).join(' | ')} | ${cleanOf(one.name)} |`,
    ),
  ]
}
