import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fittingSummary } from '../../../results/reports/fitting-summary.ts'

const bytesOf = (text: string) => Buffer.byteLength(text)
const line = fc.string({ unit: fc.constantFrom('a', 'è', '–', '🏥'), maxLength: 60, size: 'max' })
const markdown = fc.array(line, { minLength: 10, maxLength: 80, size: 'max' }).map((lines) => `${lines.join('\n')}\n`)

describe('fittingSummary', () => {
  it('never takes more bytes than there are, whole lines of what was there and a true count of the rest', () => {
    fc.assert(
      fc.property(markdown, fc.nat(110), (text, percent) => {
        const roomBytes = Math.floor((bytesOf(text) * percent) / 100)
        const fitting = fittingSummary(text, roomBytes)
        expect(bytesOf(fitting)).toBeLessThanOrEqual(roomBytes)
        if (bytesOf(text) <= roomBytes) {
          expect(fitting).toBe(text)
          return
        }
        const [, kept = '', lines, bytes] =
          /^([\s\S]*)\nLeft out.*: (\d+) lines, (\d+) bytes\..*\n$/.exec(fitting) ?? []
        if (fitting === '') return
        expect(text.startsWith(kept)).toBe(true)
        expect(kept === '' || kept.endsWith('\n')).toBe(true)
        expect(bytesOf(kept) + Number(bytes)).toBe(bytesOf(text))
        expect(kept.split('\n').length - 1 + Number(lines)).toBe(text.split('\n').length)
      }),
    )
  })

  it('keeps as many lines as there is room for', () => {
    const text = 'x\n'.repeat(1000)
    expect(bytesOf(fittingSummary(text, 1500))).toBeGreaterThan(1490)
    expect(bytesOf(fittingSummary(text, 1500))).toBeLessThanOrEqual(1500)
  })

  it('is nothing where there is no room', () => {
    expect(fittingSummary('# FAIL\n', 0)).toBe('')
    expect(fittingSummary('# FAIL\n', -5)).toBe('')
  })
})
