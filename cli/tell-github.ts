import { appendFileSync, existsSync, statSync } from 'node:fs'
import { fittingSummary } from '../results/reports/fitting-summary.ts'
import { type Annotation, githubAnnotations } from '../results/reports/github-annotations.ts'
import type { Output } from './output.ts'

/** What a job of GitHub Actions shows besides its log. */
export interface ForGithub {
  readonly annotations: readonly Annotation[]
  /** For the page of the job. */
  readonly markdown: string
}

/** A step whose summary is larger loses all of it (actions/runner, CreateStepSummaryCommand.AttachmentSizeLimit). */
const mostBytes = 1024 * 1024

/**
 * Inside a job of GitHub Actions: annotations to stderr, which the runner reads for workflow commands as it does stdout
 * (actions/runner, ScriptHandler.cs), and the summary to the page of the job. Elsewhere: nothing.
 */
export const tellGithub = (
  env: NodeJS.ProcessEnv,
  output: Pick<Output, 'annotate' | 'phase'>,
  { annotations, markdown }: ForGithub,
): void => {
  if (env.GITHUB_ACTIONS === 'true') output.annotate(githubAnnotations(annotations))
  const file = env.GITHUB_STEP_SUMMARY
  if (!file) return
  try {
    appendFileSync(file, fittingSummary(markdown, mostBytes - (existsSync(file) ? statSync(file).size : 0)))
  } catch (error) {
    // What the run came to stands without it.
    output.phase(`expected to write the summary of the job to ${file}, got ${error}`)
  }
}
