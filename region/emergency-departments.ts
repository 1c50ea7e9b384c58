import type { Quantity } from '../model/quantity.ts'
import { aslShares } from './people.ts'
import { volumes } from './volumes.ts'

/** An emergency department: synthetic, only counts, tiers and sizes are the region's. */
export interface EmergencyDepartment {
  readonly index: number
  readonly name: string
  readonly tier: 'DEA II' | 'DEA I' | 'PS'
  readonly kind: 'public' | 'private'
  readonly asl: string
}

/** Departments of each tier with the accesses a day of one, which only weigh them against each other. */
export const departmentTiers = {
  value: [
    { tier: 'DEA II', departments: 6, accessesPerDay: 140 },
    { tier: 'DEA I', departments: 17, accessesPerDay: 105 },
    { tier: 'PS', departments: 16, accessesPerDay: 61 },
  ],
  unit: 'departments, accesses/day of one',
  source: 'assumption: 39 synthetic departments, large ones few',
} as const satisfies Quantity<
  readonly {
    readonly tier: EmergencyDepartment['tier']
    readonly departments: number
    readonly accessesPerDay: number
  }[]
>

/** The 34 public and 5 private departments, dealt in turn to the health authorities; the private ones are of the lowest tier. */
export const emergencyDepartments: Quantity<readonly EmergencyDepartment[]> = {
  // Made when they are asked for: every actor of k6 would keep them.
  get value() {
    made ??= madeDepartments()
    return made
  },
  unit: 'departments',
  source: 'counts: volumes and departmentTiers; names, authorities and which are private: synthetic, assumption',
}

let made: readonly EmergencyDepartment[] | undefined

const madeDepartments = (): readonly EmergencyDepartment[] => {
  const tiers = departmentTiers.value.flatMap(({ tier, departments }) => Array<typeof tier>(departments).fill(tier))
  const firstPrivate = tiers.length - volumes.privateEmergencyDepartments.value
  return tiers.map((tier, index) => ({
    index,
    name: `Pronto soccorso ${index + 1}`,
    tier,
    kind: index < firstPrivate ? 'public' : 'private',
    asl: aslShares.value[index % aslShares.value.length]?.code ?? '',
  }))
}
