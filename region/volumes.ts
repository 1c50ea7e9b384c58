import type { Quantity } from '../model/quantity.ts'

const programme = 'regional press release, July 2025 (agenparl.eu/2025/07/25, latinanews.eu)'

/** The published size of the region’s services; `operations` says what one operation is. */
export const volumes = {
  residents: { value: 5_720_536, unit: 'persons', source: 'ISTAT 31/12/2022, italpress.com 2024-05' },
  callCentreOperators: { value: 800, unit: 'persons', source: programme },
  publicStructures: { value: 17, unit: 'structures', source: programme },
  privateStructures: { value: 217, unit: 'structures', source: programme },
  pharmacies: { value: 415, unit: 'structures', source: programme },
  ownOperationsPerDay: { value: 70_000, unit: 'operations/working day', source: programme },
  publicEmergencyDepartments: { value: 34, unit: 'departments', source: programme },
  privateEmergencyDepartments: { value: 5, unit: 'departments', source: programme },
  accessesPerMonth: { value: 110_000, unit: 'accesses/month', source: programme },
  emergencyServicesPerMonth: { value: 1_500_000, unit: 'services/month', source: programme },
  privateOperationsPerDay: { value: 90_000, unit: 'operations/working day', source: programme },
} as const satisfies Record<string, Quantity>

/** Share of the own operations that are bookings; the rest are acceptances. */
export const bookingShare: Quantity = {
  value: 0.5,
  unit: 'ratio',
  source: 'assumption: 10.5 M bookings in 2007 (cuore-sano.it) twice over make about 70,000 a day',
}

/** Share of the bookings that each channel takes. */
export const bookingChannelShares = {
  value: { phone: 0.45, counter: 0.28, pharmacy: 0.06, web: 0.18, practitioner: 0.03 },
  unit: 'ratio',
  source: 'assumption',
} as const satisfies Quantity<Record<string, number>>

/** Share of the own acceptances that are the morning's blood draws, for which nobody books. */
export const bloodDrawShare: Quantity = { value: 0.3, unit: 'ratio', source: 'assumption' }

/** The same month as the region's president gave it; the reason of the difference is not known. */
export const otherAccessesPerMonth: Quantity = {
  value: 142_741,
  unit: 'accesses/month',
  source: '1,712,897 accesses in 2024 (cittadinapoli.com 2025-02); not used unless asked for: --scale emergency=1.298',
}

/** Days of the month that volumes a month are spread over. */
export const daysPerMonth: Quantity = { value: 30, unit: 'days', source: 'assumption' }
