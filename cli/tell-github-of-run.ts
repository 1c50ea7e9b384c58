import type { RunRecord } from '../model/run-record.ts'
import { runAnnotations } from '../results/reports/run-annotations.ts'
import { markdownSummary } from '../results/reports/summary-markdown.ts'
import type { Output } from './output.ts'
import { tellGithub } from './tell-github.ts'

/** Inside a job of GitHub Actions: what the run came to. */
export const tellGithubOfRun = (record: RunRecord, env: NodeJS.ProcessEnv, output: Output): void =>
  tellGithub(env, output, { annotations: runAnnotations(record), markdown: markdownSummary(record) })
