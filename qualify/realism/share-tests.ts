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
import { mainProblems, senders } from '../../region/emergency-reasons.ts'
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
  return [
    ...episodeTraits.map(({ what, of, shares }) => sharesTest(what, episodes.map(of), shares)),
    emergencyModalityTest(planned),
  ]
}

const coded = (of: readonly { readonly code: string; readonly share: number }[]): Shares =>
  of.map(({ code, share }) => [code, share])

/** What an episode is like, and how often the region says it is so. */
const episodeTraits: readonly {
  readonly what: string
  readonly of: (episode: Episode) => string
  readonly shares: Shares
}[] = [
  {
    what: 'triage',
    of: ({ colour }) => colour,
    shares: triageColours.map((colour) => [colour, triageShares.value[colour]]),
  },
  { what: 'arrival', of: ({ arrivalMode }) => arrivalMode, shares: coded(arrivalModes.value) },
  { what: 'sender', of: ({ sender }) => sender, shares: coded(senders.value) },
  { what: 'main problem', of: ({ problem }) => problem.code, shares: coded(mainProblems.value) },
  {
    what: 'department',
    of: ({ department }) => emergencyDepartments.value[department]?.tier ?? '',
    shares: departmentTiers.value.map(({ tier, departments, accessesPerDay }) => [tier, departments * accessesPerDay]),
  },
  {
    what: 'images',
    of: ({ imagedAfterMs }) => String(imagedAfterMs !== undefined),
    shares: [
      ['true', imagedShare],
      ['false', 1 - imagedShare],
    ],
  },
]

const emergencyModalityTest = (planned: readonly PlannedEpisode[]): Tested => {
  const imaged = planned.filter(({ seed }) => episodeOf(seed).imagedAfterMs !== undefined)
  const kinds = studyKinds.value.filter(({ modality }) => emergencyModalities.value.some((one) => one === modality))
  return sharesTest(
    'modality of the images',
    imaged.map(({ seed }) => studyOf({ seed: imagesSeedOf(seed), nth: 0 }, 'full').kind.modality),
    kinds.map(({ modality, share }) => [modality, share]),
  )
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
