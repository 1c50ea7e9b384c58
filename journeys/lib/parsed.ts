/** What a body says in JSON; undefined for one that is none, or was cut short. */
export const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
