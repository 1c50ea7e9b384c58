import { book } from '../book.ts'
import { cancel } from '../cancel.ts'
import { enquire } from '../enquire.ts'
import { move } from '../move.ts'
import { pay } from '../pay.ts'

/** Journeys of whoever books, and of whoever has booked. */
export const bookings = { book, cancel, enquire, move, pay }
