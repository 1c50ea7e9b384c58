import { fetchStudy } from '../fetch-study.ts'
import { moveStudy } from '../move-study.ts'
import { readStudy } from '../read-study.ts'
import { shareStudy } from '../share-study.ts'
import { storeStudy } from '../store-study.ts'

/** Journeys of diagnostic images. */
export const images = { fetchStudy, moveStudy, readStudy, shareStudy, storeStudy }
