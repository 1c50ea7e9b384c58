import { commonParameters, type TypeDefinition } from '../fhir/type-definition.ts'
import type { System } from './system.ts'

const reading = ['read', 'search-type']
const writing = ['create', 'update', 'patch', 'delete']

/** What the system can do, for `GET metadata`. */
export const capabilityStatement = ({ name, surroundings, upstream }: System) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: new Date(surroundings.now()).toISOString(),
  kind: 'instance',
  implementation: { description: `collaudo twin: ${name}` },
  software: { name: 'collaudo twin' },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  patchFormat: ['application/json-patch+json'],
  rest: [
    {
      mode: 'server',
      security: {
        service: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' }] },
        ],
      },
      interaction: [{ code: 'transaction' }, { code: 'batch' }],
      resource: [
        ...Object.entries(surroundings.types).map(([type, definition]) => ({
          ...typeStatement(type, definition, [...reading, ...writing]),
          versioning: 'versioned-update',
          updateCreate: true,
          conditionalCreate: true,
        })),
        ...Object.entries(upstream?.types ?? {}).map(([type, definition]) => typeStatement(type, definition, reading)),
      ],
    },
  ],
})

const typeStatement = (type: string, { parameters }: TypeDefinition, interactions: readonly string[]) => ({
  type,
  interaction: interactions.map((code) => ({ code })),
  searchParam: [
    ...[...parameters, ...commonParameters].map(({ name, kind }) => ({ name, type: kind })),
    { name: '_id', type: 'token' },
  ],
})
