const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** The date and the ms of the day that clocks in Lazio show at an instant. */
export const timeInRome = (unixMs: number): { readonly date: string; readonly ofDayMs: number } => {
  const parts = Object.fromEntries(format.formatToParts(unixMs).map(({ type, value }) => [type, value]))
  const { year, month, day, hour, minute, second } = parts
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  return { date: `${year}-${month}-${day}`, ofDayMs: seconds * 1000 + (((unixMs % 1000) + 1000) % 1000) }
}
