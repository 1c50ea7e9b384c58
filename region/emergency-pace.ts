import type { Quantity } from '../model/quantity.ts'
import { none, type PacedStep, type ThinkTime } from './paced-steps.ts'

const alone = (step: string): readonly PacedStep[] => [{ step, thinkAfter: none }]
const after = (first: string, medianMs: number, step: string): readonly PacedStep[] => [
  { step: first, thinkAfter: { kind: 'log-normal', medianMs, sigma: 0.4 } satisfies ThinkTime },
  ...alone(step),
]

/** What is done at a screen for each kind of event of an episode. Made when it is asked for, as all paces are. */
export const eventSteps = () =>
  ({
    value: {
      register: after('identify', 30_000, 'register'),
      triage: alone('triage'),
      visit: after('chart', 45_000, 'visit'),
      order: alone('order'),
      result: alone('result'),
      report: after('chart', 45_000, 'report'),
      close: alone('close'),
      'take-over': after('chart', 30_000, 'take-over'),
      leave: alone('leave'),
    },
    unit: 'ms',
    source: 'assumption: medians of 30 s for a nurse and 45 s for a clinician, sigma 0.4; results come from software',
  }) as const satisfies Quantity<Readonly<Record<string, readonly PacedStep[]>>>

/** An episode with two orders; each has as many as its services ask for. */
export const typicalEpisode = (): readonly PacedStep[] => {
  const { register, triage, visit, order, result, report, close } = eventSteps().value
  return [...register, ...triage, ...visit, ...[order, result, order, result].flat(), ...report, ...close]
}
