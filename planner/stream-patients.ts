import { stepName, stepsOf } from '../generators/journey-steps.ts'
import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'

/** Patients of stream n are numbered from n times this, so streams never share a patient. */
export const patientsPerStream = 100_000_000

/** Emergency patients are drawn from other people than residents are: no number may be both. */
const firstEmergency = 50_000_000

/** Number of the patient of an episode, by the ordinal of its stream and its index there. */
export const emergencyPatient = (stream: number, episode: number): number =>
  stream * patientsPerStream + firstEmergency + episode

/** Rows that only the smoke run walks, one for each action, behind all others; their patients are the stream's last numbers. */
export const smokeRows = ({ mix, channel }: StreamSpec): readonly Row[] =>
  mix.map(({ action }, index) => ({
    dueMs: 0,
    journey: action,
    step: stepName(stepsOf(smokeSeed, action, channel), 0),
    subject: patientsPerStream - 1 - index,
    seed: smokeSeed,
  }))

export const smokeSeed = 1
