/** The deployed systems, by their roles. `archive` is the image archive that is left behind when its studies move to `imaging`. */
export const systemNames = [
  'recup',
  'prescriptions',
  'emergency',
  'reports',
  'telemedicine',
  'imaging',
  'archive',
] as const
export type SystemName = (typeof systemNames)[number]

/** Those that speak DICOMweb; all others speak FHIR. */
export const imageSystems = ['imaging', 'archive'] as const satisfies readonly SystemName[]
export type ImageSystemName = (typeof imageSystems)[number]

export const isImageSystem = (name: string | undefined): name is ImageSystemName =>
  imageSystems.some((one) => one === name)

export type FhirSystemName = Exclude<SystemName, ImageSystemName>
