import type { Quantity } from '../model/quantity.ts'

/** Visits to the public board of the emergency departments for each access. */
export const boardVisitsPerAccess: Quantity = {
  value: 4,
  unit: 'visits/access',
  source: 'assumption: patients and whoever waits for them compare departments',
}

/** How often a visitor's page asks anew. */
export const boardRefresh: Quantity = { value: 60, unit: 's', source: 'assumption: every minute' }

/** How long visitors stay, in looks at the board. */
export const boardLooks = {
  value: [
    { looks: 1, share: 0.7 },
    { looks: 3, share: 0.2 },
    { looks: 10, share: 0.1 },
  ],
  unit: 'ratio',
  source: 'assumption: most look once, a few wait with the page open',
} as const satisfies Quantity<readonly { readonly looks: number; readonly share: number }[]>
