import type { Quantity } from '../model/quantity.ts'
import { leavingShares, type TriageColour, triageColours, triageShares } from './emergency-care.ts'

/** Share of those who are seen of whom images are taken. */
export const imagingShares: Quantity<Readonly<Record<TriageColour, number>>> = {
  value: { red: 0.9, orange: 0.75, azure: 0.6, green: 0.4, white: 0.15, untriaged: 0.15 },
  unit: 'ratio',
  source: 'assumption: one study at most of each access',
}

/** Kinds of studies that emergency departments have made; they share them as all studies do. */
export const emergencyModalities = {
  value: ['DX', 'CR', 'US', 'CT'],
  unit: 'modalities',
  source: 'assumption',
} as const satisfies Quantity<readonly string[]>

/** Share of all accesses of which images are taken: Σ share × (1 − leaving) × imaging. */
export const imagedShare = triageColours.reduce(
  (sum, colour) => sum + triageShares.value[colour] * (1 - leavingShares.value[colour]) * imagingShares.value[colour],
  0,
)
