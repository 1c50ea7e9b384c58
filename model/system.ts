/** The deployed systems, by their roles. */
export const systemNames = ['recup', 'prescriptions', 'emergency', 'reports', 'telemedicine'] as const
export type SystemName = (typeof systemNames)[number]
