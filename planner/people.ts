import { base, Faker, it } from '@faker-js/faker'
import { Weighted } from '../generators/distributions.ts'
import type { Person } from '../generators/fhir/patient.ts'
import { type FiscalCodeMode, type FiscalPerson, fiscalCode } from '../generators/fiscal-code.ts'
import { type Rng, rngOf } from '../generators/rng.ts'
import { emergencyAgeBands, emergencyFemaleShare } from '../region/emergency-care.ts'
import {
  ageBands,
  ageReferenceDate,
  aslShares,
  aslsOfCommune,
  type Commune,
  communes,
  femaleShare,
} from '../region/people.ts'

const asls = new Weighted(aslShares.value.map((asl) => [asl.code, asl.share] as const))

type AgeBand = (typeof ageBands.value)[number] | (typeof emergencyAgeBands.value)[number]
type Ages = Weighted<AgeBand>
const agesOf = (bands: readonly AgeBand[]): Ages => new Weighted(bands.map((band) => [band, band.share] as const))

/** Those whom people can be drawn like. */
const populations = {
  residents: { ages: agesOf(ageBands.value), female: femaleShare.value },
  emergency: { ages: agesOf(emergencyAgeBands.value), female: emergencyFemaleShare.value },
}
export type Population = keyof typeof populations

const communesByAsl = new Map(aslShares.value.map(({ code }) => [code, communesOf(code)] as const))

function communesOf(asl: string): Weighted<Commune> {
  const members = communes.value.filter((commune) => aslsOfCommune(commune).includes(asl))
  return new Weighted(members.map((commune) => [commune, commune.population] as const))
}

/** Faker on our own counter-based numbers: re-keying it for a person costs nothing, re-seeding a Mersenne twister does. */
class Names {
  #rng: Rng = rngOf(0)
  readonly #faker = new Faker({ locale: [it, base], randomizer: { next: () => this.#rng.float(), seed: () => {} } })

  of(rng: Rng, sex: 'male' | 'female') {
    this.#rng = rng
    const { person, location } = this.#faker
    return { name: person.firstName(sex), surname: person.lastName(), street: location.streetAddress() }
  }
}

/** Makes the synthetic people of a seed; `of(index)` is a pure function of seed, index and mode. */
export class People {
  readonly #seed: number
  readonly #rng: Rng
  readonly #mode: FiscalCodeMode
  readonly #names = new Names()

  constructor(seed: number, mode: FiscalCodeMode) {
    this.#seed = seed
    this.#rng = rngOf(seed).split('people')
    this.#mode = mode
  }

  /** `among`: whom ages and sexes are drawn like. */
  of(index: number, among: Population = 'residents'): Person {
    const rng = this.#rng.at(index)
    const { ages, female } = populations[among]
    const sex = rng.float() < female ? 'female' : 'male'
    const birthDate = birthDateOf(rng, ages)
    const asl = asls.draw(rng)
    const commune = communesByAsl.get(asl)?.draw(rng) ?? raise(asl)
    const names = this.#names.of(rng.split('names'), sex)
    const fiscal: FiscalPerson = { ...names, sex, birthDate, cadastral: commune.cadastral }
    return {
      seed: this.#seed,
      index,
      fiscalCode: fiscalCode(fiscal, this.#mode),
      ...names,
      sex,
      birthDate: isoDate(birthDate),
      commune: commune.name,
      istat: commune.istat,
      cap: commune.cap[rng.below(commune.cap.length)] ?? '',
      asl,
      phone: `+39000${String(index).padStart(8, '0')}`,
      email: `p${this.#seed}-${index}@collaudo.invalid`,
    }
  }
}

const raise = (asl: string): never => {
  throw new RangeError(`expected communes of health authority ${asl}, got none`)
}

const birthDateOf = (rng: Rng, ages: Ages): FiscalPerson['birthDate'] => {
  const band = ages.draw(rng)
  const ageYears = band.fromYears + rng.below(band.toYears - band.fromYears + 1)
  return { year: ageReferenceDate.value.year - 1 - ageYears, month: 1 + rng.below(12), day: 1 + rng.below(28) }
}

const isoDate = ({ year, month, day }: FiscalPerson['birthDate']): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
