import { describe, expect, it } from 'vitest'
import { parseSearch, type TypedSearch } from '../../cli/capacity-options.ts'

const usual: TypedSearch = { fromScale: '1', maxScale: '64', precision: '5%', within: '15m', forecast: '1' }
const parsed = (changes: Partial<TypedSearch> = {}) => parseSearch({ ...usual, ...changes })

describe('parseSearch', () => {
  it('reads the bounds of a search', () => {
    expect(parsed()).toEqual({
      bounds: { fromScale: 1, maxScale: 64, precisionRatio: 0.05 },
      withinMs: 900_000,
      forecastLoadRatio: 1,
      growth: undefined,
      without: undefined,
    })
  })

  it.each([
    ['3%', 0.03, 0.03],
    ['3%/year', 0.03, 0.03],
    ['2%..5%', 0.02, 0.05],
    ['-1%..2.5%/year', -0.01, 0.025],
  ])('reads a growth of %s', (growth, lowRatio, highRatio) => {
    expect(parsed({ growth }).growth).toEqual({ lowRatio, highRatio })
  })

  it('reads the replica that is lost', () => {
    expect(parsed({ without: 'recup#2' }).without).toEqual({ system: 'recup', index: 2 })
  })

  it.each([
    [{ fromScale: '0' }, '--from-scale: expected a factor > 0, got 0'],
    [{ maxScale: 'many' }, '--max-scale: expected a factor > 0, got many'],
    [{ fromScale: '8', maxScale: '4' }, '--max-scale: expected at least --from-scale 8, got 4'],
    [{ precision: '5' }, '--precision: expected per cent from 0.5% to 50%, got 5'],
    [{ precision: '0.1%' }, '--precision: expected per cent from 0.5% to 50%, got 0.1%'],
    [{ within: '5' }, '--within: expected a duration such as 90s, 5m or 2h, got 5'],
    [{ forecast: '-1' }, '--forecast: expected a factor > 0, got -1'],
    [{ growth: '5%..2%' }, '--growth: expected 3%/year or 2%..5%/year, got 5%..2%'],
    [{ growth: '3%/month' }, '--growth: expected 3%/year or 2%..5%/year, got 3%/month'],
    ...['recup', 'recup#1', 'imaging#2', 'identity#2', 'recup#12'].map((without): [Partial<TypedSearch>, string] => [
      { without },
      `--without: expected the last replica of a FHIR system, from two to nine of them, as in recup#2; got ${without}`,
    ]),
  ])('says what is wrong with %o', (changes, message) => {
    expect(() => parsed(changes)).toThrow(message)
  })

  it('says all that is wrong at once', () => {
    expect(() => parsed({ fromScale: 'x', within: 'y' })).toThrow(/--from-scale: .*\n--within: /)
  })
})
