import { z } from 'zod'

const ratio = z.number().min(0).max(1)

const footprint = {
  usedVcpuHours: z.number(),
  provisionedVcpuHours: z.number().describe('what is there and paid for, busy or not'),
  idleRatio: ratio.describe('1 - used / provisioned'),
  energyWattHours: z.number().describe('of what is provisioned, with its share of the data centre'),
  operationalGrams: z.number().describe('CO2e of that energy'),
  embodiedGrams: z.number().describe('CO2e of the making of the servers, their share of time and processors'),
}

const footprintSchema = z.strictObject(footprint)
export type Footprint = Readonly<z.infer<typeof footprintSchema>>

export const functionalUnits = ['confirmed-bookings', 'emergency-accesses', 'imaging-studies'] as const

/** What the target cost in processors and carbon, and by what the region counts: Software Carbon Intensity, SCI = (E·I + M) / R. */
export const costAndCarbonSchema = z.strictObject({
  parameters: z.strictObject({
    gridGramsPerKilowattHour: z.number(),
    idleWattsPerVcpu: z.number(),
    busyWattsPerVcpu: z.number(),
    powerUsageEffectivenessRatio: z.number(),
    embodiedGramsPerVcpuHour: z.number(),
  }),
  systems: z.array(z.strictObject({ system: z.string(), ...footprint })),
  units: z
    .array(
      z.strictObject({
        unit: z.enum(functionalUnits),
        systems: z.array(z.string()).describe('whose footprint it is; identity is shared by processor time'),
        count: z.number().int().describe('in the whole run'),
        perThousand: z
          .strictObject({ ...footprint, sciGrams: z.number().describe('operational + embodied CO2e: the SCI score') })
          .nullable()
          .describe('null where there was none'),
      }),
    )
    .describe('those whose systems were there'),
})
export type CostAndCarbon = Readonly<z.infer<typeof costAndCarbonSchema>>
