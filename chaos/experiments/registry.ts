import type { Experiment } from '../../model/experiment.ts'
import { certificateExpiry } from './certificate-expiry.ts'
import { databaseFailover } from './database-failover.ts'
import { dnsFailure } from './dns-failure.ts'
import { grayFailure } from './gray-failure.ts'
import { hospitalLinkLoss } from './hospital-link-loss.ts'
import { imageArchiveFull } from './image-archive-full.ts'
import { nationalServicesOutage } from './national-services-outage.ts'
import { partitionPrescriptions } from './partition-prescriptions.ts'
import { queueDown } from './queue-down.ts'
import { ransomwareReadOnly } from './ransomware-read-only.ts'
import { resourcePressure } from './resource-pressure.ts'
import { rollingKill } from './rolling-kill.ts'
import { slowDatabase } from './slow-database.ts'
import { thunderingHerd } from './thundering-herd.ts'
import { zoneLost } from './zone-lost.ts'

/** Every experiment, by name. */
export const experiments: readonly Experiment[] = [
  zoneLost,
  databaseFailover,
  slowDatabase,
  dnsFailure,
  certificateExpiry,
  partitionPrescriptions,
  imageArchiveFull,
  queueDown,
  hospitalLinkLoss,
  rollingKill,
  resourcePressure,
  nationalServicesOutage,
  thunderingHerd,
  ransomwareReadOnly,
  grayFailure,
]
