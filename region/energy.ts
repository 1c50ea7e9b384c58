import type { Quantity } from '../model/quantity.ts'

/** What a kilowatt-hour emits in Italy, by location, mean of a year. */
export const gridIntensity: Quantity = {
  value: 287.75,
  unit: 'gCO2e/kWh',
  source: 'ITA of the npm package @tgwf/co2 0.19 (github.com/thegreenwebfoundation/co2.js, yearly means of Ember)',
}

/** Power of a virtual processor when it does nothing, and when it does all it can, its share of the server included. */
export const vcpuWatts = {
  value: { idle: 0.69, busy: 4.06 },
  unit: 'W/vCPU',
  source:
    'Cascade Lake, made of SPECpower results (github.com/cloud-carbon-footprint/ccf-coefficients); that the national cloud has it: assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** Power of a data centre / power of its computers (PUE). */
export const powerUsageEffectiveness: Quantity = {
  value: 1.58,
  unit: 'ratio',
  source: 'mean of the industry, 2023 (journal.uptimeinstitute.com); that the national cloud is no better: assumption',
}

/** What the making of a server emitted, how many virtual processors it has and how long it is used. */
export const embodiedServer = {
  value: { grams: 1_610_790, vcpus: 96, lifetimeHours: 35_040 },
  unit: 'gCO2e, vCPU, h',
  source:
    'm5.24xlarge, Cascade Lake (github.com/cloud-carbon-footprint/cloud-carbon-coefficients); four years: Dell R740 life cycle assessment (delltechnologies.com)',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** What a process of the twin is given: it runs JavaScript on one thread. */
export const vcpusPerProcess: Quantity = { value: 1, unit: 'vCPU', source: 'assumption' }

/** What is kept between the load that is forecast and the limit. */
export const capacityReserve: Quantity = {
  value: 0.2,
  unit: 'ratio of the limit',
  source: 'assumption: planners are warned when less than a fifth is left',
}
