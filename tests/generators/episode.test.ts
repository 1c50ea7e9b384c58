import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import { servicesPerAccess } from '../../generators/emergency/services.ts'
import { standingOf } from '../../generators/emergency/standing.ts'
import { rngOf } from '../../generators/rng.ts'
import { arrivalModes, triageColours, triageShares } from '../../region/emergency-care.ts'
import { departmentTiers, emergencyDepartments } from '../../region/emergency-departments.ts'
import { imagingShares } from '../../region/emergency-imaging.ts'
import { mainProblems, senders } from '../../region/emergency-reasons.ts'

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

  test.each(senders.value)('is sent by $name as often as the region says', ({ code, share: expected }) => {
    expectShare(
      share(({ sender }) => sender === code),
      expected,
    )
  })

  test.each(mainProblems.value)('is for $code as often as the region says', ({ code, share: expected }) => {
    expectShare(
      share(({ problem }) => problem.code === code),
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
    ['observed', 0.042],
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
        const { events, colour, ending, second } = episodeOf(seed)
        expect(events.map(({ afterMs }) => afterMs)).toEqual(
          events.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b),
        )
        const kinds = events.map(({ kind }) => kind).join(' ')
        const triage = colour === 'untriaged' ? '' : ' triage'
        expect(kinds).toMatch(
          ending === 'left'
            ? new RegExp(`^register${triage} close$`)
            : new RegExp(
                `^register${triage} visit( order result){1,4} report close${second ? ' take-over leave' : ''}$`,
              ),
        )
      }),
    )
  })
})

describe('the stay after an access', () => {
  const stays = (kind: string) => episodes.filter(({ second }) => second?.kind === kind)

  test('is under observation in the same department, or in another one of the highest tier', () => {
    expect(
      stays('observation').every(
        ({ ending, department, second }) => ending === 'observed' && second?.department === department,
      ),
    ).toBe(true)
    const received = stays('transfer')
    expect(received.length).toBeGreaterThan(100)
    expect(
      received.filter(
        ({ ending, department, second }) => ending !== 'transferred' || second?.department === department,
      ),
    ).toEqual([])
    const tiers = received.map(({ second }) => emergencyDepartments.value[second?.department ?? -1]?.tier)
    expect(new Set(tiers)).toEqual(new Set(['DEA II']))
  })

  test('is nobody’s who goes home, gets a bed, dies or leaves', () => {
    const others = episodes.filter(({ ending }) => !['observed', 'transferred'].includes(ending))
    expect(others.filter(({ second }) => second)).toEqual([])
  })

  test('under observation lasts 44 hours at most', () => {
    const hours = stays('observation').map(
      (episode) => (minutesTo('leave', episode) - minutesTo('take-over', episode)) / 60,
    )
    expect(Math.max(...hours)).toBeLessThan(44.001)
    expect(hours.toSorted((a, b) => a - b)[Math.floor(hours.length / 2)]).toBeCloseTo(18, 0)
  })
})

describe('images of an emergency', () => {
  test.each(triageColours)('are taken of %s as often as the region says', (colour) => {
    const seen = episodes.filter((episode) => episode.colour === colour && episode.ending !== 'left')
    expectShare(
      share(({ imagedAfterMs }) => imagedAfterMs !== undefined, seen),
      imagingShares.value[colour],
      seen.length,
    )
  })

  test('are taken between an order and its results', () => {
    for (const { imagedAfterMs = 0, events } of episodes.filter((episode) => episode.imagedAfterMs !== undefined)) {
      expect(events.findLast(({ afterMs }) => afterMs <= imagedAfterMs)?.kind).toBe('order')
    }
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
