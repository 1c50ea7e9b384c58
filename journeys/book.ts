import type { Journey } from './lib/walk.ts'
import { book as bookSlot } from './steps/book.ts'
import { hold } from './steps/hold.ts'
import { identify, prescription } from './steps/identify.ts'
import { memo } from './steps/memo.ts'
import { payTicket } from './steps/pay.ts'
import { release } from './steps/release.ts'
import { search } from './steps/search.ts'

/** Somebody books: by phone, where an operator types, on the web, at a desk, or by software. */
export const book: Journey = {
  identify,
  prescription,
  search,
  hold,
  release,
  book: bookSlot,
  pay: payTicket,
  memo,
  leave: () => 'declined',
}
