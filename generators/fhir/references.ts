/** Ids out of references, relative or absolute, versioned or not. */
export const referencedId = (type: string, references: readonly (string | undefined)[]): readonly string[] =>
  references.flatMap((reference) => new RegExp(`(?:^|/)${type}/([^/]+)`).exec(reference ?? '')?.[1] ?? [])
