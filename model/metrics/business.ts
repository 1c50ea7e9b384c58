import type { Metric } from './metric.ts'

/** Of the region's business, while a run goes on. */
export const business = {
  emergencyEvents: {
    name: 'collaudo_emergency_events_total',
    kind: 'counter',
    unit: 'count',
    labels: ['colour', 'event'],
    meaning: 'entries into the system of an emergency department by triage colour; register is an access',
  },
  emergencyWait: {
    name: 'collaudo_emergency_wait_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['colour'],
    meaning: 'from the arrival of a patient until the visit is entered, on the run’s clock: squeezed with the slice',
  },
  studies: {
    name: 'collaudo_studies_total',
    kind: 'counter',
    unit: 'count',
    labels: ['modality'],
    meaning: 'studies of images that devices have stored',
  },
  studyBytes: {
    name: 'collaudo_study_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    labels: ['modality'],
    meaning: 'pixels of these studies',
  },
} as const satisfies Readonly<Record<string, Metric>>
