import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import type { Person } from '../../generators/fhir/patient.ts'
import type { Row } from '../../model/row.ts'
import type { StreamSpec } from '../../model/scenario.ts'
import type { PlannedEpisode } from '../../planner/episode-timetable.ts'
import {
  arrivalModes,
  emergencyAgeBands,
  emergencyFemaleShare,
  triageColours,
  triageShares,
} from '../../region/emergency-care.ts'
import { departmentTiers, emergencyDepartments } from '../../region/emergency-departments.ts'
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
  ]
}
