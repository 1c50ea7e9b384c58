/** What GitHub shows above a job's log. */
export interface Annotation {
  readonly kind: 'error' | 'warning'
  readonly title: string
  readonly message: string
}

/** Of each kind; of a step, the runner passes no more on (actions/runner, ExecutionContext.cs: _maxCountPerIssueType). */
const mostOfAKind = 10

/**
 * Annotations as the workflow commands that the runner looks for at the beginning of a line of stdout or stderr; those there are no room
 * for are counted in the last one. A line each, empty without any.
 */
export const githubAnnotations = (annotations: readonly Annotation[]): string =>
  (['error', 'warning'] as const)
    .flatMap((kind) => shown(annotations.filter((annotation) => annotation.kind === kind)))
    .map(({ kind, title, message }) => `::${kind} title=${property(title)}::${data(message)}\n`)
    .join('')

const shown = (annotations: readonly Annotation[]): readonly Annotation[] => {
  const [first] = annotations
  if (annotations.length <= mostOfAKind || !first) return annotations
  const kept = annotations.slice(0, mostOfAKind - 1)
  const left = annotations.length - kept.length
  return [...kept, { kind: first.kind, title: 'collaudo', message: `${left} more of these stand in the job's summary` }]
}

/** As the runner reads it back: actions/runner, ActionCommand.cs. */
const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
