import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import { servicesPerAccess } from '../../generators/emergency/services.ts'
import { standingOf } from '../../generators/emergency/standing.ts'
import { rngOf } from '../../generators/rng.ts'
import { arrivalModes, triageColours, triageShares } from '../../region/emergency-care.ts'
import { departmentTiers, emergencyDepartments } from '../../region/emergency-departments.ts'

const seeds = rngOf(11).split('episodes')
const episodes = Array.from({ length: 40_000 }, (_, index) => episodeOf(seeds.at(index).uint32()))

const servicesOf = ({ events }: Episode): number =>
  events.reduce((sum, { kind, services }) => sum + (kind === 'order' ? services : 0), 0)

const share = (is: (episode: Episode) => boolean, among: readonly Episode[] = episodes): number =>
  among.filter(is).length / among.length

/** Within four standard errors: one true share in 15,000 falls outside. */
const expectShare = (observed: number, expected: number, of = episodes.length): void => {
  expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / of) + 1e-9)
}

const minutesTo = (kind: string, { events }: Episode): number =>
  (events.find((event) => event.kind === kind)?.afterMs ?? 0) / 60_000

describe('an episode', () => {
  test('is the same for the same seed', () => {
    expect(episodeOf(7)).toEqual(episodeOf(7))
    expect(episodeOf(8)).not.toEqual(episodeOf(7))
  })

  test.each(triageColours)('is %s as often as the region says', (colour) => {
    expectShare(
      share((episode) => episode.colour === colour),
      triageShares.value[colour],
    )
  })

  test.each(arrivalModes.value)('arrives by $name as often as the region says', ({ code, share: expected }) => {
    expectShare(
      share(({ arrivalMode }) => arrivalMode === code),
      expected,
    )
  })

  test.each(departmentTiers.value)('comes to the departments of $tier in proportion to their size', ({ tier }) => {
    const size = (of: (typeof departmentTiers.value)[number]) => of.departments * of.accessesPerDay
    const all = departmentTiers.value.reduce((sum, of) => sum + size(of), 0)
    const own = departmentTiers.value.filter((of) => of.tier === tier).reduce((sum, of) => sum + size(of), 0)
    expectShare(
      share(({ department }) => emergencyDepartments.value[department]?.tier === tier),
      own / all,
    )
  })

  test.each([
    ['left', 0.05],
    ['admitted', 0.142],
    ['transferred', 0.019],
  ] as const)('ends %s in a share of %f', (ending, expected) => {
    const observed = share((episode) => episode.ending === ending)
    expect(Math.abs(observed - expected)).toBeLessThan(0.004)
  })

  test('has on average the services that the region counts', () => {
    const counts = episodes.map(servicesOf)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length)
    expect(Math.abs(mean - servicesPerAccess)).toBeLessThan((4 * deviation) / Math.sqrt(counts.length))
  })

  test.each([
    ['orange', 15, 0.4],
    ['azure', 60, 0.61],
    ['green', 120, 0.8],
    ['white', 240, 0.94],
  ] as const)('%s is seen within %i minutes of triage in a share of %f', (colour, minutes, expected) => {
    const seen = episodes.filter((episode) => episode.colour === colour && episode.ending !== 'left')
    const inTime = share((episode) => minutesTo('visit', episode) - minutesTo('triage', episode) <= minutes, seen)
    expect(Math.abs(inTime - expected)).toBeLessThan(0.005 + 4 * Math.sqrt((expected * (1 - expected)) / seen.length))
  })

  test('has no event before the one that it presupposes', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (seed) => {
        const { events, colour, ending } = episodeOf(seed)
        expect(events.map(({ afterMs }) => afterMs)).toEqual(
          events.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b),
        )
        const kinds = events.map(({ kind }) => kind).join(' ')
        const triage = colour === 'untriaged' ? '' : ' triage'
        expect(kinds).toMatch(
          ending === 'left'
            ? new RegExp(`^register${triage} close$`)
            : new RegExp(`^register${triage} visit( order result){1,4} report close$`),
        )
      }),
    )
  })
})

describe('where an episode stands', () => {
  const whole = episodes.find(({ events }) => events.some(({ name }) => name === 'result.2')) ?? expect.fail('none')
  const after = (name: string) => standingOf(whole, 1 + whole.events.findIndex((event) => event.name === name))

  test.each([
    ['register', 'arrived', []],
    ['triage', 'triaged', []],
    ['visit', 'in-progress', []],
    ['order.1', 'in-progress', ['order.1']],
    ['result.1', 'in-progress', []],
    ['order.2', 'in-progress', ['order.2']],
    ['close', 'finished', []],
  ])('after %s it is %s and waits for the results of %j', (name, status, openOrders) => {
    const standing = after(name)
    expect(standing.status).toBe(status)
    expect(standing.openOrders.map((order) => order.name)).toEqual(openOrders)
  })
})
