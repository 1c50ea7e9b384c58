import type { Quantity } from '../model/quantity.ts'

/** Factors by which a demand is higher than on such a day otherwise. */
export const surges = {
  postHoliday: {
    value: 2,
    unit: 'ratio to an ordinary Monday',
    source: '2,200 calls against about 1,100 on the first Monday after holidays (lanazione.it Lucca 2024)',
  },
  announcement: {
    value: 10,
    unit: 'ratio to an ordinary quarter of an hour',
    source: 'assumption: a portal of the region fell over after an announcement (ilpost.it 2021)',
  },
  influenza: {
    value: 1.1,
    unit: 'ratio to an ordinary week',
    source:
      'assumption: 1,045 against 1,001 accesses a day over all weeks of high influenza (BMJ Open 2021-056017, bmjopen.bmj.com); a peak week has more',
  },
} as const satisfies Record<string, Quantity>
