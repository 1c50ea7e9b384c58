import type { Kept, Promised } from './promise.ts'

const desk = ({ row }: Kept, namespace: string): string => `${namespace}.${row.stream}.${row.row}`

/** The namespace in `<namespace>.task.<patient>`. */
const namespaceOf = ({ write }: Kept): string => write.identifier.slice(0, write.identifier.indexOf('.task.'))

const isMine = (kept: Kept): boolean => {
  const task = kept.stored.tasks.get(kept.write.identifier)
  return task?.status === 'accepted' && task.owner === desk(kept, namespaceOf(kept))
}

/** A prescription that a desk has taken in charge is that desk's, and no other's. */
export const taking: Promised = {
  hasLanded: isMine,
  suspect(kept) {
    const { write, stored } = kept
    const expected = `accepted by the desk ${desk(kept, namespaceOf(kept))} alone`
    const task = stored.tasks.get(write.identifier)
    if (!task) return { kind: 'lost', expected }
    if (write.state === 'unknown' || isMine(kept)) return undefined
    return { kind: task.status === 'accepted' ? 'duplicated' : 'lost', expected }
  },
}
