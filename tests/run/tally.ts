/** Counts of tests. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** What vitest's JSON report says, as far as it is read here. */
export type Report = {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * Counts a part's tests. A file that fails without a failed test (it does not load, a hook throws) is one failure,
 * and so is a part that ends badly or runs no test at all.
 */
export function tallyOf(report: Report | undefined, exitCode: number): Tally {
  const files = report?.testResults ?? []
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status))
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length + brokenFiles.length
  const isUncounted = failed === 0 && (exitCode !== 0 || statuses.length === 0)
  return {
    passed,
    failed: isUncounted ? 1 : failed,
    skipped: statuses.filter((status) => status !== 'passed' && status !== 'failed').length,
  }
}

/** The sum of all parts. */
export function total(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** `N passed, N failed, N skipped`: the closing line of every test command. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
