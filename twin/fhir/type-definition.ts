/** How one search parameter is found in a resource. */
export interface SearchParameter {
  readonly name: string
  readonly kind: 'token' | 'reference' | 'date'
  readonly path: readonly string[]
  /** Type of the references that count; all when absent. */
  readonly target?: string
  /** A parameter whose index serves this one too, for the references of `target` among its own. */
  readonly within?: string
}

/** What a system knows of one of its resource types. Data only. */
export interface TypeDefinition {
  /** The most selective first: the first one that a query names drives its search. `_tag` and `_id` come with every type. */
  readonly parameters: readonly SearchParameter[]
  /** Parameters that are asked together so often that their combination has an index entry of its own. */
  readonly composite?: readonly string[]
  /** Paths that must have a value. */
  readonly required?: readonly (readonly string[])[]
  /** Status codes, each with those it may change to; a status that is no key is refused. */
  readonly transitions?: Readonly<Record<string, readonly string[]>>
  /** Paths of references whose target must exist. */
  readonly references?: readonly (readonly string[])[]
  /** A token parameter whose values of this system occur at most once in all resources of the type. */
  readonly unique?: { readonly parameter: string; readonly system: string }
}

/** The resource types of a system by name. */
export type TypeDefinitions = Readonly<Record<string, TypeDefinition>>

/** Search parameters that every type has, after its own. */
export const commonParameters: readonly SearchParameter[] = [{ name: '_tag', kind: 'token', path: ['meta', 'tag'] }]

/** The date parameter of a type that results are sorted by. */
export const sortParameter = (definition: TypeDefinition): SearchParameter | undefined =>
  definition.parameters.find((parameter) => parameter.kind === 'date')
