import type { Location, Organization } from 'fhir/r4.js'
import type { EmergencyDepartment } from '../../region/emergency-departments.ts'
import type { Structure } from '../../region/structures.ts'
import { departmentId, locationId, organizationId, runMeta, structuresTag, systems } from './naming.ts'

const identifier = (structure: Structure) => [{ system: systems.structure, value: `collaudo-${structure.index}` }]
const meta = runMeta(structuresTag)

export const organizationResource = (structure: Structure): Organization => ({
  resourceType: 'Organization',
  id: organizationId(structure.index),
  meta,
  identifier: identifier(structure),
  active: true,
  name: structure.name,
})

export const locationResource = (structure: Structure): Location => ({
  resourceType: 'Location',
  id: locationId(structure.index),
  meta,
  identifier: identifier(structure),
  status: 'active',
  name: structure.name,
  managingOrganization: { reference: `Organization/${organizationId(structure.index)}` },
})

export const departmentResource = (department: EmergencyDepartment): Organization => ({
  resourceType: 'Organization',
  id: departmentId(department.index),
  meta,
  identifier: [{ system: systems.hospital, value: `collaudo-ed-${department.index}` }],
  active: true,
  type: [{ text: department.tier }],
  name: department.name,
})
