import { normalCdf } from '../../generators/distributions.ts'
import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import { imagesSeedOf } from '../../generators/emergency/images-seed.ts'
import type { Person } from '../../generators/fhir/patient.ts'
import { type Study, studyOf } from '../../generators/imaging/study.ts'
import type { Row } from '../../model/row.ts'
import type { StreamSpec } from '../../model/scenario.ts'
import type { PlannedEpisode } from '../../planner/planned-episode.ts'
import {
  arrivalModes,
  emergencyAgeBands,
  emergencyFemaleShare,
  triageColours,
  triageShares,
} from '../../region/emergency-care.ts'
import { departmentTiers, emergencyDepartments } from '../../region/emergency-departments.ts'
import { emergencyModalities, imagedShare } from '../../region/emergency-imaging.ts'
import { studyKinds } from '../../region/imaging.ts'
import { ageBands, ageReferenceDate, aslShares, femaleShare } from '../../region/people.ts'
import type { Tested } from './arrival-tests.ts'
import { chiSquareP } from './chi-square.ts'

type Shares = readonly (readonly [name: string, share: number])[]

/** Whether values come in these proportions; the shares need not add up to 1. */
const sharesTest = (what: string, values: readonly string[], shares: Shares): Tested => {
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  const classes = shares.map(([name, share]) => ({
    observed: values.filter((value) => value === name).length,
    expected: (values.length * share) / sum,
  }))
  return { test: `${what} (chi-square)`, p: chiSquareP(classes) }
}

/** Whether rows do what the stream's mix says. */
export const mixTests = (rows: readonly Row[], { mix }: StreamSpec): readonly Tested[] =>
  mix.length === 1
    ? []
    : [
        sharesTest(
          'what they do',
          rows.map(({ journey }) => journey),
          mix.map(({ action, weight }) => [action, weight]),
        ),
      ]

/** Whether people are those of the region; `among` says of which part of it. */
export const peopleTests = (people: readonly Person[], among: 'residents' | 'emergency'): readonly Tested[] => {
  const female = (among === 'residents' ? femaleShare : emergencyFemaleShare).value
  const bands = (among === 'residents' ? ageBands : emergencyAgeBands).value
  const bandOf = ({ birthDate }: Person): string => {
    const age = ageReferenceDate.value.year - 1 - Number(birthDate.slice(0, 4))
    return String(bands.find(({ fromYears, toYears }) => age >= fromYears && age <= toYears)?.fromYears)
  }
  return [
    sharesTest(
      'sex',
      people.map(({ sex }) => sex),
      [
        ['female', female],
        ['male', 1 - female],
      ],
    ),
    sharesTest(
      'age',
      people.map(bandOf),
      bands.map(({ fromYears, share }) => [String(fromYears), share]),
    ),
    sharesTest(
      'health authority',
      people.map(({ asl }) => asl),
      aslShares.value.map(({ code, share }) => [code, share]),
    ),
  ]
}

/** Whether emergencies are those of the region. */
export const episodeTests = (planned: readonly PlannedEpisode[]): readonly Tested[] => {
  const episodes = planned.filter(({ behind }) => behind === 0).map(({ seed }) => episodeOf(seed))
  const imaged = planned.filter(({ seed }) => episodeOf(seed).imagedAfterMs !== undefined)
  const kinds = emergencyModalities.value.map((wanted) => studyKinds.value.find(({ modality }) => modality === wanted))
  const tierOf = ({ department }: Episode): string => emergencyDepartments.value[department]?.tier ?? ''
  return [
    sharesTest(
      'triage',
      episodes.map(({ colour }) => colour),
      triageColours.map((colour) => [colour, triageShares.value[colour]]),
    ),
    sharesTest(
      'arrival',
      episodes.map(({ arrivalMode }) => arrivalMode),
      arrivalModes.value.map(({ code, share }) => [code, share]),
    ),
    sharesTest(
      'department',
      episodes.map(tierOf),
      departmentTiers.value.map(({ tier, departments, accessesPerDay }) => [tier, departments * accessesPerDay]),
    ),
    sharesTest(
      'images',
      episodes.map(({ imagedAfterMs }) => String(imagedAfterMs !== undefined)),
      [
        ['true', imagedShare],
        ['false', 1 - imagedShare],
      ],
    ),
    sharesTest(
      'modality of the images',
      imaged.map(({ seed }) => studyOf({ seed: imagesSeedOf(seed), nth: 0 }, 'full').kind.modality),
      kinds.map((kind) => [kind?.modality ?? '', kind?.share ?? 0]),
    ),
  ]
}

/** Kinds with so many images that they are as good as continuous. */
const manyImages = 100

/** Whether the studies that rows make are those of the region: of which kind, and of how many images. */
export const studyTests = (rows: readonly Row[]): readonly Tested[] => {
  const studies = rows
    .filter(({ journey }) => journey === 'store-study')
    .map(({ seed }) => studyOf({ seed, nth: 0 }, 'full'))
  if (studies.length === 0) return []
  const quarters = studies.filter(({ kind }) => kind.medianInstances >= manyImages).map(quarterOf)
  return [
    sharesTest(
      'modality',
      studies.map(({ kind }) => kind.modality),
      studyKinds.value.map(({ modality, share }) => [modality, share]),
    ),
    sharesTest(
      'images of a study, by quarter of the log-normal',
      quarters,
      [0, 1, 2, 3].map((quarter) => [String(quarter), 1]),
    ),
  ]
}

const quarterOf = ({ kind, instances }: Study): string =>
  String(Math.min(3, Math.floor(4 * normalCdf(Math.log(instances / kind.medianInstances) / kind.sigma))))
