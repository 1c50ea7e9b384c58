import type { Task } from 'fhir/r4.js'
import { patientId, runMeta, systems, taskId, taskIdentifier } from './naming.ts'

/** The taking in charge of a patient's prescription, not yet done. */
export const taskResource = (
  namespace: string,
  { seed, patient, nre }: { seed: number; patient: number; nre: string },
): Task => ({
  resourceType: 'Task',
  id: taskId(namespace, patient),
  meta: runMeta(namespace),
  identifier: [{ system: systems.task, value: taskIdentifier(namespace, patient) }],
  status: 'requested',
  intent: 'order',
  basedOn: [{ identifier: { system: systems.nre, value: nre } }],
  for: { reference: `Patient/${patientId(seed, patient)}` },
})
