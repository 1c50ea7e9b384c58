/** Streams of regional-day that book, accept and pay in ReCUP, without the operators who think for minutes. */
export const bookings = ['web', 'desk', 'pharmacy', 'counter', 'partners', 'partner-sync'] as const

/** Streams that write into the health record, read it, and report from home. */
export const healthRecord = ['publications', 'citizens', 'home'] as const

/** An emergency department has few events a minute: so many more of them are needed to be judged in half a minute. Assumption. */
export const emergencyScale = 4
