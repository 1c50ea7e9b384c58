import type { Quantity } from '../model/quantity.ts'

/** What one kind of study looks like. Instances are log-normal between their bounds; all of a study have the same size. */
export interface StudyKind {
  /** DICOM code of the modality; names the template. */
  readonly modality: string
  readonly share: number
  readonly medianInstances: number
  readonly sigma: number
  readonly mostInstances: number
  readonly rows: number
  readonly columns: number
  /** 16-bit grey, 8-bit grey or 8-bit colour. */
  readonly bytesPerPixel: 1 | 2 | 3
  readonly frames: number
  /** Instances that make a series, and that are retrieved together. */
  readonly perSeries: number
  /** Instances that a modality sends in one request. */
  readonly perRequest: number
}

/** Kinds of studies: their share of the studies, how many images, of how many pixels. */
export const studyKinds = {
  value: [
    {
      modality: 'DX',
      share: 0.28,
      medianInstances: 2,
      sigma: 0.4,
      mostInstances: 6,
      rows: 2330,
      columns: 2330,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 1,
      perRequest: 1,
    },
    {
      modality: 'CR',
      share: 0.2,
      medianInstances: 2,
      sigma: 0.4,
      mostInstances: 6,
      rows: 2140,
      columns: 1760,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 1,
      perRequest: 1,
    },
    {
      modality: 'US',
      share: 0.24,
      medianInstances: 20,
      sigma: 0.4,
      mostInstances: 60,
      rows: 480,
      columns: 640,
      bytesPerPixel: 3,
      frames: 1,
      perSeries: 20,
      perRequest: 1,
    },
    {
      modality: 'CT',
      share: 0.14,
      medianInstances: 400,
      sigma: 0.5,
      mostInstances: 3000,
      rows: 512,
      columns: 512,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 50,
      perRequest: 4,
    },
    {
      modality: 'MR',
      share: 0.07,
      medianInstances: 280,
      sigma: 0.3,
      mostInstances: 1200,
      rows: 432,
      columns: 432,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 60,
      perRequest: 4,
    },
    {
      modality: 'MG',
      share: 0.05,
      medianInstances: 5,
      sigma: 0.25,
      mostInstances: 8,
      rows: 3518,
      columns: 2800,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 1,
      perRequest: 1,
    },
    {
      modality: 'XA',
      share: 0.01,
      medianInstances: 12,
      sigma: 0.3,
      mostInstances: 40,
      rows: 512,
      columns: 512,
      bytesPerPixel: 1,
      frames: 75,
      perSeries: 1,
      perRequest: 1,
    },
    {
      modality: 'NM',
      share: 0.005,
      medianInstances: 6,
      sigma: 0.3,
      mostInstances: 20,
      rows: 256,
      columns: 256,
      bytesPerPixel: 2,
      frames: 8,
      perSeries: 6,
      perRequest: 1,
    },
    {
      modality: 'PT',
      share: 0.005,
      medianInstances: 300,
      sigma: 0.3,
      mostInstances: 1200,
      rows: 256,
      columns: 256,
      bytesPerPixel: 2,
      frames: 1,
      perSeries: 100,
      perRequest: 4,
    },
  ],
  unit: 'ratio, instances, pixels',
  source:
    'assumption; sizes of an instance: dcm4chee-arc-light wiki and the arithmetic of pixels (CT 0.5 MB, CR 7.5 MB, DX 11 MB, MG 20 MB); together 63 MB a study',
} as const satisfies Quantity<readonly StudyKind[]>

/** Mean size of a study that the kinds must come to, and of the preset `heavy`. */
export const studySizes = {
  value: { meanBytes: 63_000_000, heavyBytes: 200_000_000 },
  unit: 'bytes',
  source: 'assumption; heavy: 1 PB for five years of 1 M exams each (Tuscany, toscanaoggi.it)',
} as const satisfies Quantity<Readonly<Record<string, number>>>

export const studiesPerDay: Quantity = {
  value: 20_000,
  unit: 'studies/working day',
  source: 'assumption: 1.05 exams a resident and year',
}

/** Earlier studies of the patient that a radiologist fetches: one or two. */
export const priorsPerReading: Quantity = { value: 1.5, unit: 'studies', source: 'assumption' }

/** Studies that another hospital asks for, of those that are made. */
export const sharedStudiesShare: Quantity = { value: 0.02, unit: 'ratio of studies', source: 'assumption' }

/** Patients whose images lie ready for those who read; which kinds they have follows the shares. */
export const archivedPatients: Quantity = {
  value: 20,
  unit: 'patients',
  source: 'assumption: enough that every common kind is among them, and that they fit a disk at full size (3 GB)',
}

/** Sides of an image are divided by it in small images. */
export const smallImageDivisor: Quantity = {
  value: 8,
  unit: 'ratio',
  source: 'assumption: as many images, a sixty-fourth of the bytes',
}
