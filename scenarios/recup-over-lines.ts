import type { Scenario } from '../model/scenario.ts'
import { recupDay } from './recup-day.ts'

/** What asks its way with many small questions is quick in a laboratory, and slow from a pharmacy. */
export const recupOverLines: Scenario = {
  ...recupDay,
  name: 'recup-over-lines',
  summary:
    'The ReCUP day, each stream over the line that its people have: a pharmacy’s DSL, a phone, a hospital’s fibre',
  overLines: true,
}
