/** Names a slice may give for its day. `weekday` is the mean working day: every weekday factor is 1. */
export const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Day of the week of a Gregorian date, 0 = Monday (Zeller's congruence). */
export const weekdayOf = (year: number, month: number, day: number): number => {
  const m = month < 3 ? month + 12 : month
  const y = month < 3 ? year - 1 : year
  const zeller =
    (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7
  return (zeller + 5) % 7
}
