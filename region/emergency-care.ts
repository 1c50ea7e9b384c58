import type { Quantity } from '../model/quantity.ts'

/** Triage codes by severity; `untriaged`: seen, or gone, before anybody judged. */
export const triageColours = ['red', 'orange', 'azure', 'green', 'white', 'untriaged'] as const
export type TriageColour = (typeof triageColours)[number]

type ByColour = Readonly<Record<TriageColour, number>>

/** Share of the accesses that each colour has. */
export const triageShares: Quantity<ByColour> = {
  value: { red: 0.046, orange: 0.166, azure: 0.355, green: 0.395, white: 0.033, untriaged: 0.005 },
  unit: 'ratio',
  source: 'red, orange and green: ilmessaggero.it 2024-02 (Lazio 2022–23); the others: assumption',
}

/** From arrival to triage, log-normal. */
export const triageDelay = {
  value: { medianMinutes: 5, sigma: 0.6 },
  unit: 'minutes',
  source: 'assumption: within a quarter of an hour for 19 of 20',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** From triage to the visit, log-normal of sigma 0.9. */
export const visitWaits = {
  value: {
    sigma: 0.9,
    medianMinutes: { red: 2, orange: 18.8, azure: 46.7, green: 56.3, white: 59.2, untriaged: 56.3 },
  },
  unit: 'minutes',
  source:
    'so that 40, 61, 80 and 94 % of orange, azure, green and white are seen within 15, 60, 120 and 240 minutes (notizie.it 2025-10, ilsussidiario.net); red and sigma: assumption',
} as const satisfies Quantity<{ readonly sigma: number; readonly medianMinutes: ByColour }>

/** From arrival to the closing report, log-normal of sigma 0.7. Whoever is seen late stays at least so long after that. */
export const stays = {
  value: {
    sigma: 0.7,
    medianMinutes: { red: 480, orange: 420, azure: 300, green: 180, white: 120, untriaged: 120 },
    leastAfterVisitMinutes: 20,
  },
  unit: 'minutes',
  source: 'assumption, anchored on 164, 229 and 416 minutes of white, green and yellow (agenziaimpress.it)',
} as const satisfies Quantity<{
  readonly sigma: number
  readonly medianMinutes: ByColour
  readonly leastAfterVisitMinutes: number
}>

/** Share that leaves before being seen. */
export const leavingShares: Quantity<ByColour> = {
  value: { red: 0, orange: 0.01, azure: 0.04, green: 0.08, white: 0.08, untriaged: 0 },
  unit: 'ratio',
  source: 'assumption by colour, so that 5 % of all leave (lanazione.it, Viareggio 2024-08)',
}

/** Of those who are seen. */
export const admissionShares: Quantity<ByColour> = {
  value: { red: 0.6, orange: 0.354, azure: 0.128, green: 0.034, white: 0.011, untriaged: 0 },
  unit: 'ratio',
  source: 'assumption by colour, so that 14.2 % of all accesses are admitted (cittadinapoli.com 2025-02, Lazio 2024)',
}

/** Of those who are seen: to another hospital, because a bed is missing or the care. */
export const transferShares: Quantity<ByColour> = {
  value: { red: 0.08, orange: 0.04, azure: 0.021, green: 0.004, white: 0, untriaged: 0 },
  unit: 'ratio',
  source: 'assumption by colour, so that 1.9 % of all accesses are transferred (giornalelocale.com, 2022)',
}

/** Of those who are seen. */
export const deathShares: Quantity<ByColour> = {
  value: { red: 0.03, orange: 0.001, azure: 0, green: 0, white: 0, untriaged: 0 },
  unit: 'ratio',
  source: 'assumption',
}

/** Of those who are seen: kept under short observation (OBI) and then sent home. */
export const observationShares: Quantity<ByColour> = {
  value: { red: 0.02, orange: 0.06, azure: 0.07, green: 0.02, white: 0, untriaged: 0 },
  unit: 'ratio',
  source: 'assumption by colour, so that 4 % of all accesses are observed',
}

/** From the end of the access until the observation is over, log-normal up to the longest that is allowed. */
export const observationStay = {
  value: { medianMinutes: 1080, sigma: 0.4, mostMinutes: 2640 },
  unit: 'minutes',
  source: 'assumption; 44 hours at most: Linee di indirizzo nazionali sull’OBI, 2019',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** From the closing report to the bed, log-normal, of those who are admitted. */
export const boarding = {
  value: { meanMinutes: 950, sigma: 0.9 },
  unit: 'minutes',
  source: '950 minutes in summer 2025 (romatoday.it), 1,286 in 2024 (cittadinapoli.com); sigma: assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** From the closing report until the ambulance takes a transferred patient away, log-normal. */
export const transferDelay = {
  value: { medianMinutes: 90, sigma: 0.6 },
  unit: 'minutes',
  source: 'assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** From one hospital to the other, log-normal. */
export const transferJourney = {
  value: { medianMinutes: 35, sigma: 0.5 },
  unit: 'minutes',
  source: 'assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** From being received by the other hospital until there is a bed, log-normal. */
export const receivedStay = {
  value: { medianMinutes: 180, sigma: 0.7 },
  unit: 'minutes',
  source: 'assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** How the services of the seen are spread over the colours; their level follows from the region's volume. */
export const serviceWeights: Quantity<ByColour> = {
  value: { red: 28, orange: 22, azure: 15, green: 8.5, white: 4, untriaged: 4 },
  unit: 'services/access',
  source: 'assumption: one service is one line of an order, such as an analyte, an image, a consultation',
}

/** Lines of services that are ordered together, and the most orders of an access. */
export const orderRounds = {
  value: { linesTogether: 8, most: 4 },
  unit: 'lines, orders',
  source: 'assumption: blood first, then images and consultations',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** How patients arrive, by code of the national flow of emergency accesses. */
export const arrivalModes = {
  value: [
    { code: '1', name: 'ambulance of 118', share: 0.2 },
    { code: '2', name: 'other ambulance', share: 0.02 },
    { code: '3', name: 'by own means', share: 0.77 },
    { code: '4', name: 'helicopter', share: 0.001 },
    { code: '7', name: 'other', share: 0.009 },
  ],
  unit: 'ratio',
  source:
    '20 % by ambulance: assumption from 387,728 missions of 118 a year (iltempo.it 2017); codes: DM 17/12/2008 (EMUR)',
} as const satisfies Quantity<readonly { readonly code: string; readonly name: string; readonly share: number }[]>

/** Age bands of those who come, both ends included; within a band ages are equally likely. */
export const emergencyAgeBands = {
  value: [
    { fromYears: 0, toYears: 14, share: 0.164 },
    { fromYears: 15, toYears: 65, share: 0.594 },
    { fromYears: 66, toYears: 95, share: 0.242 },
  ],
  unit: 'ratio',
  source: 'BMJ Open 2021-056017, table 1 (bmjopen.bmj.com): 2.22 million accesses in Milan',
} as const satisfies Quantity<
  readonly { readonly fromYears: number; readonly toYears: number; readonly share: number }[]
>

export const emergencyFemaleShare: Quantity = {
  value: 0.506,
  unit: 'ratio',
  source: 'BMJ Open 2021-056017, table 1 (bmjopen.bmj.com)',
}
