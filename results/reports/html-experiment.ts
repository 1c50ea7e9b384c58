import type { Resilience, RunRecord, StepResult } from '../../model/run-record.ts'
import { formatCount, formatMs, formatRatio } from '../format.ts'
import { hypothesisSentence, reliefSentences } from './experiment-sentences.ts'
import { heading } from './html-concepts.ts'
import { folded, narrowTable, table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

const number = (title: string) => ({ title, isNumber: true })
const word = (title: string) => ({ title })
const orNever = (ms: number | null, never: string): string => (ms === null ? never : formatMs(ms))

/** What was broken, what users went through, and what is left; nothing for a run without an experiment. */
export const experimentSection = (record: RunRecord): Markup => {
  const { resilience, experiment, faults } = record
  if (!resilience) return html``
  const { inFlight, isRestored, scoreRatio } = resilience
  return html`
${heading(`Experiment: ${experiment ?? ''}`, 'resilience')}
<p>${hypothesisSentence(resilience)} ${isRestored ? 'Nothing is left of any fault.' : 'Something is still changed: run collaudo restore.'}
${scoreRatio === null ? '' : `Score: ${Math.round(scoreRatio * 100)} of 100.`}</p>
${faultTable(faults)}
<p class="soft">${formatCount(inFlight.atInjection)} steps were under way when the fault was to begin: they saw both, and are counted apart. ${formatCount(inFlight.atRestoration)} were under way when it was to end: they belong to the fault.</p>
<h3>What users went through</h3>
${userTable(resilience)}
${resilience.grayMs === 0 ? '' : html`<p>For ${formatMs(resilience.grayMs)} users were worse off than usual while every health check was well: a gray failure.</p>`}
${reliefSentences(resilience).map((sentence) => html`<p>${sentence}</p>`)}
<p class="soft">A step is good when it was answered within ${formatMs(resilience.goodWithinMs)}.</p>
<h3>Before, during and after</h3>
${phaseTables(record.steps)}`
}

const faultTable = (faults: RunRecord['faults']): Markup =>
  table(
    [word('Fault'), number('Began'), number('Proven'), number('Ended'), number('Gone'), word('What was measured')],
    faults.map(({ kind, component, injectedMs, provenMs, restoredMs, goneMs, proof, lostProof, goneProof }) => [
      `${kind} on ${component}`,
      orNever(injectedMs, 'never'),
      orNever(provenMs, 'never'),
      orNever(restoredMs, 'never'),
      orNever(goneMs, 'never'),
      `${proof}. ${lostProof === null ? '' : `Lost before its end: ${lostProof}. `}Afterwards: ${goneProof}.`,
    ]),
  )

const userTable = ({ streams }: Resilience): Markup =>
  table(
    [
      word('Users'),
      number('Good before'),
      number('Worst'),
      number('Hit after'),
      number('Alarm after'),
      number('Well again after'),
      number('Lost'),
      number('Error budget'),
    ],
    streams.map((users) => [
      users.stream === '*' ? 'all' : users.stream,
      formatRatio(users.usualRatio),
      formatRatio(users.worstRatio),
      orNever(users.toImpactMs, 'not hit'),
      orNever(users.toDetectMs, 'no alarm'),
      users.toImpactMs === null ? '–' : orNever(users.toRecoverMs, 'not seen'),
      formatRatio(users.lossRatio),
      `× ${users.budgetRatio.toFixed(1)}`,
    ]),
  )

const shown = ['steady', 'fault', 'recovery', 'after'] as const

/** Faster than a person notices. */
const unnoticedMs = 100

/** p95 and failures of each step in each phase: those that something happened to, and the others for who asks for them. */
const phaseTables = (steps: readonly StepResult[]): Markup => {
  const names = [...new Set(steps.map(nameOf))]
  const own = (name: string) => steps.filter((step) => nameOf(step) === name)
  const hit = names.filter((name) => isHit(own(name)))
  const spared = names.filter((name) => !hit.includes(name))
  const tableOf = (list: readonly string[]) =>
    narrowTable(
      [word('Step (p95)'), ...shown.map(number)],
      list.map((name) => [name, ...shown.map((phase) => cellOf(own(name).find((step) => step.phase === phase)))]),
    )
  return html`${hit.length === 0 ? html`<p>Nothing happened to any step.</p>` : tableOf(hit)}
${spared.length === 0 ? html`` : folded(`${formatCount(spared.length)} steps that were not hit`, tableOf(spared))}`
}

/** Whether one of its phases had failures, or was much slower than the steady one. */
const isHit = (steps: readonly StepResult[]): boolean => {
  const usualMs = steps.find(({ phase }) => phase === 'steady')?.fromSentMs.p95 ?? 0
  return steps.some(
    ({ phase, failed, fromSentMs }) =>
      shown.some((one) => one === phase) && (failed > 0 || fromSentMs.p95 > 3 * usualMs + unnoticedMs),
  )
}

const cellOf = (step: StepResult | undefined): string => {
  if (!step || step.requests === 0) return '–'
  if (step.failed === step.requests) return 'all failed'
  const failed = step.failed === 0 ? '' : `, ${formatRatio(step.failed / step.requests)} failed`
  return `${formatMs(step.fromSentMs.p95)}${failed}`
}

const nameOf = ({ stream, journey, step }: StepResult): string => `${stream} / ${journey} / ${step}`
