import type { Quantity } from '../model/quantity.ts'
import type { PacedStep, ThinkTime } from './paced-steps.ts'

const none: ThinkTime = { kind: 'none' }
const nurse: ThinkTime = { kind: 'log-normal', medianMs: 30_000, sigma: 0.4 }
const clinician: ThinkTime = { kind: 'log-normal', medianMs: 45_000, sigma: 0.4 }

const alone = (step: string): readonly PacedStep[] => [{ step, thinkAfter: none }]
const after = (first: string, thinkAfter: ThinkTime, step: string): readonly PacedStep[] => [
  { step: first, thinkAfter },
  ...alone(step),
]

/** What is done at a screen for each kind of event of an episode. */
export const eventSteps = {
  value: {
    register: after('identify', nurse, 'register'),
    triage: alone('triage'),
    visit: after('chart', clinician, 'visit'),
    order: alone('order'),
    result: alone('result'),
    report: after('chart', clinician, 'report'),
    close: alone('close'),
    'take-over': after('chart', nurse, 'take-over'),
    leave: alone('leave'),
  },
  unit: 'ms',
  source: 'assumption: medians of 30 s for a nurse and 45 s for a clinician, sigma 0.4; results come from software',
} as const satisfies Quantity<Readonly<Record<string, readonly PacedStep[]>>>

const { register, triage, visit, order, result, report, close } = eventSteps.value

/** An episode with two orders; each has as many as its services ask for. */
export const typicalEpisode: readonly PacedStep[] = [
  ...register,
  ...triage,
  ...visit,
  ...[order, result, order, result].flat(),
  ...report,
  ...close,
]
