import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suiteAnnotations } from '../results/reports/suite-annotations.ts'
import { suiteMarkdown } from '../results/reports/suite-markdown.ts'
import type { SuiteResult } from '../results/suite.ts'
import type { Output } from './output.ts'
import { tellGithub } from './tell-github.ts'

/** Inside a job of GitHub Actions: what a suite came to, then the summary of each of its runs, worst first. */
export const tellGithubOfSuite = (result: SuiteResult, env: NodeJS.ProcessEnv, output: Output): void => {
  const summaries = result.experiments
    .filter(({ dir }) => dir !== '')
    .map(({ dir }) => join(dir, 'summary.md'))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
  const markdown = [suiteMarkdown(result), ...summaries].join('\n')
  tellGithub(env, output, { annotations: suiteAnnotations(result), markdown })
}
