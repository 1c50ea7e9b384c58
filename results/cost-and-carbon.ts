import type { CostAndCarbon, Footprint } from '../model/cost-and-carbon.ts'
import type { ProcessorTime } from '../model/processor-time.ts'
import { embodiedServer, gridIntensity, powerUsageEffectiveness, vcpuWatts } from '../region/energy.ts'
import { type Counted, functionalUnitsOf } from './functional-units.ts'

type Known = Extract<ProcessorTime, { kind: 'known' }>
type SystemFootprint = CostAndCarbon['systems'][number]

const hourMs = 3_600_000

/** Gives tokens to the clients of all systems. */
const shared = 'identity'

const parameters: CostAndCarbon['parameters'] = {
  gridGramsPerKilowattHour: gridIntensity.value,
  idleWattsPerVcpu: vcpuWatts.value.idle,
  busyWattsPerVcpu: vcpuWatts.value.busy,
  powerUsageEffectivenessRatio: powerUsageEffectiveness.value,
  embodiedGramsPerVcpuHour:
    embodiedServer.value.grams / embodiedServer.value.lifetimeHours / embodiedServer.value.vcpus,
}

/** What a run cost its target, and 1,000 of each functional unit. */
export const costAndCarbon = (time: Known, counted: Counted): CostAndCarbon => {
  const systems = time.systems.map(({ system, vcpus, usedMs }) => ({
    system,
    ...footprintOf(usedMs / hourMs, (vcpus * time.lastsMs) / hourMs),
  }))
  return {
    parameters,
    systems,
    units: functionalUnitsOf(counted).flatMap(({ unit, systems: names, count }) => {
      const own = systems.filter(({ system }) => names.some((name) => name === system))
      if (own.length === 0) return []
      return { unit, systems: own.map(({ system }) => system), count, perThousand: perThousand(own, systems, count) }
    }),
  }
}

/** A process of Node has a few threads beside the one that is provisioned for: it can use a little more. */
const idleRatio = (usedVcpuHours: number, provisionedVcpuHours: number): number =>
  provisionedVcpuHours === 0 ? 1 : Math.max(0, 1 - usedVcpuHours / provisionedVcpuHours)

/** E = provisioned vCPU-hours × (idle W + used / provisioned × (busy W − idle W)) × PUE; O = E·I; M = TE × time share × processor share. */
const footprintOf = (usedVcpuHours: number, provisionedVcpuHours: number): Footprint => {
  const idle = idleRatio(usedVcpuHours, provisionedVcpuHours)
  const { idleWattsPerVcpu, busyWattsPerVcpu } = parameters
  const watts = idleWattsPerVcpu + (1 - idle) * (busyWattsPerVcpu - idleWattsPerVcpu)
  const energyWattHours = provisionedVcpuHours * watts * parameters.powerUsageEffectivenessRatio
  return {
    usedVcpuHours,
    provisionedVcpuHours,
    idleRatio: idle,
    energyWattHours,
    operationalGrams: (energyWattHours / 1000) * parameters.gridGramsPerKilowattHour,
    embodiedGrams: provisionedVcpuHours * parameters.embodiedGramsPerVcpuHour,
  }
}

/** The footprint of some systems, with their part of what all share, for 1,000 of a count; null for a count of none. */
const perThousand = (
  own: readonly SystemFootprint[],
  all: readonly SystemFootprint[],
  count: number,
): CostAndCarbon['units'][number]['perThousand'] => {
  if (count === 0) return null
  const others = all.filter(({ system }) => system !== shared)
  const part = sum(own, 'usedVcpuHours') / Math.max(sum(others, 'usedVcpuHours'), Number.MIN_VALUE)
  const common = all.filter(({ system }) => system === shared)
  const of = (key: Exclude<keyof Footprint, 'idleRatio'>) => ((sum(own, key) + part * sum(common, key)) * 1000) / count
  const [usedVcpuHours, provisionedVcpuHours] = [of('usedVcpuHours'), of('provisionedVcpuHours')]
  const [operationalGrams, embodiedGrams] = [of('operationalGrams'), of('embodiedGrams')]
  return {
    usedVcpuHours,
    provisionedVcpuHours,
    idleRatio: idleRatio(usedVcpuHours, provisionedVcpuHours),
    energyWattHours: of('energyWattHours'),
    operationalGrams,
    embodiedGrams,
    sciGrams: operationalGrams + embodiedGrams,
  }
}

const sum = (of: readonly SystemFootprint[], key: keyof Footprint): number =>
  of.reduce((total, footprint) => total + footprint[key], 0)
