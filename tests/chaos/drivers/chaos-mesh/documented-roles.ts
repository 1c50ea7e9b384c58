import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { root } from '../../../source/files.ts'

/** A Role or a ClusterRole, which has no namespace. */
export interface DocumentedRole {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules: readonly {
    readonly apiGroups: readonly string[]
    readonly resources: readonly string[]
    readonly verbs: readonly string[]
  }[]
}

/** What `docs/how-to/kubernetes.md` tells users to apply, all of it and its roles, and the target that it shows. */
export const rolesOf = (): {
  readonly applied: readonly DocumentedRole[]
  readonly roles: readonly DocumentedRole[]
  readonly target: unknown
} => {
  const text = readFileSync(join(root, 'docs/how-to/kubernetes.md'), 'utf8')
  const [rights = '', target = ''] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml)
  const applied: readonly DocumentedRole[] = parseAllDocuments(rights).map((document) => document.toJS())
  return { applied, roles: applied.filter(({ kind }) => kind.endsWith('Role')), target: parse(target) }
}
