import { type Study, studyOf } from '../../generators/imaging/study.ts'
import { imageSize } from './image-templates.ts'
import { isSmoke } from './settings.ts'
import type { Turn } from './turn.ts'

/** The study that a row makes; a smoke run sends one request of it. */
export const studyOfTurn = ({ seed }: Turn): Study => {
  const study = studyOf({ seed, nth: 0 }, imageSize)
  return isSmoke ? { ...study, instances: Math.min(study.instances, study.kind.perRequest) } : study
}
