import {
  leavingShares,
  serviceWeights,
  type TriageColour,
  triageColours,
  triageShares,
} from '../../region/emergency-care.ts'
import { volumes } from '../../region/volumes.ts'

/** Services per access that the region's volumes come to. */
export const servicesPerAccess = volumes.emergencyServicesPerMonth.value / volumes.accessesPerMonth.value

/** Mean over all accesses of the weight of those who are seen: Σ share × (1 − leaving) × weight. */
const meanWeight = triageColours.reduce(
  (sum, colour) => sum + triageShares.value[colour] * (1 - leavingShares.value[colour]) * serviceWeights.value[colour],
  0,
)

/** Mean services of somebody who is seen: the colour's weight, at the level that gives the region its number. */
export const meanServices = (colour: TriageColour): number =>
  (serviceWeights.value[colour] * servicesPerAccess) / meanWeight
