import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../model/comparison.ts'
import { compare, noBaseline } from '../../../results/comparison/compare.ts'
import { readFinishedRun } from '../../../results/comparison/finished-run.ts'
import { comparisonText } from '../../../results/reports/comparison-text.ts'
import { comparisonSection } from '../../../results/reports/html-comparison.ts'
import { comparableRun } from '../comparison/comparable-run.ts'

const plain = (_: string, text: string): string => text

const compared = async (kind: Comparison['kind'], searchFactor: number): Promise<Comparison> => {
  const sideOf = async (name: string, factor: number) => {
    const { steps } = await readFinishedRun((await comparableRun({ searchFactor: factor })).dir)
    return { name, runs: [{ id: name, steps }] }
  }
  return compare(kind, { before: await sideOf('old.yaml', 1), after: await sideOf('new.yaml', searchFactor) })
}

describe('a comparison as text', () => {
  it('has the verdict first, then why, then what was compared, then every figure, then what to do', async () => {
    const lines = comparisonText(await compared('ab', 1.5), plain).split('\n')
    expect(lines[0]).toBe('REGRESSED - worse than before')
    expect(lines[1]).toMatch(/^ {2}book \/ search, .*: .* to .*, \+\d/)
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^Compared new.yaml beside old.yaml, at the same moments: 2 worse, 0 better, \d+ unchanged/,
      ),
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}book \/ search +typical +\d.* ms +\d.* ms +\+\d.* %.*regressed$/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^→ Look at the worst step/))
  })

  it('says what is not known of one run, and nothing to do when nothing changed', async () => {
    const text = comparisonText(await compared('baseline', 1), plain)
    expect(text).toMatch(/^PASS - nothing changed that could be seen\n/)
    expect(text).toContain('accept five runs')
    expect(text).not.toContain('→')
  })

  it('tells how to get a baseline where there is none', () => {
    expect(comparisonText(noBaseline('baselines/x.json', 'r1'), plain)).toMatch(
      /^NO-BASELINE - .*\n {2}There is no baseline baselines\/x.json to compare with\.\n[\s\S]*→ Accept a run first/,
    )
  })
})

describe('a comparison in the report', () => {
  it('shows what changed and folds the rest away', async () => {
    const { text } = comparisonSection(await compared('ab', 1.5))
    expect(text.split('<details>')[0]).toContain('<span class="tag regressed">regressed</span>')
    expect(text.split('<details>')[1]).not.toContain('tag regressed')
    expect(text.match(/<td data-title="Step"/g)?.length).toBeGreaterThan(3)
  })

  it('is not there where nothing was compared', () => {
    expect(comparisonSection(undefined).text).toBe('')
  })
})
