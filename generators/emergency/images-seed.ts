import { emergencyModalities } from '../../region/emergency-imaging.ts'
import { studyOf } from '../imaging/study.ts'
import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'

/** Seed of the study that is made in an episode: the first of its numbers that gives a kind which emergency departments have made. */
export const imagesSeedOf = (episodeSeed: number): number => {
  let seed = 0
  for (let n = 0; n < mostTries; n++) {
    seed = Math.floor(rowUniform(episodeSeed, rowDraws.episodeImages + n) * 2 ** 32)
    if (modalities.includes(studyOf({ seed, nth: 0 }, 'full').kind.modality)) break
  }
  return seed
}

/** Six studies in seven are of such a kind: so many in a row are not. */
const mostTries = 100

const modalities: readonly string[] = emergencyModalities.value
