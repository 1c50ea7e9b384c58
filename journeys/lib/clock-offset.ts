import { sleep } from 'k6'
import http from 'k6/http'
import type { ClockOffset } from '../../model/sample.ts'

/** Enough to look into one whole second. */
const looks = 12
const apartMs = 90
const timeoutMs = 5000

/**
 * How much the target's clock is ahead of this machine's. Its Date has whole seconds: of an answer that was sent somewhere between
 * `sentMs` and `takenMs`, the offset lies in [Date − takenMs, Date + 1000 − sentMs], and looks at different moments of a second
 * narrow that to less than a tenth of one. Undefined where no answer has a Date, or none can be true of all.
 */
export const clockOffset = (url: string): ClockOffset | undefined => {
  let leastMs = Number.NEGATIVE_INFINITY
  let mostMs = Number.POSITIVE_INFINITY
  for (let look = 0; look < looks; look += 1) {
    const sentMs = Date.now()
    const { headers } = http.get(url, { responseType: 'none', timeout: timeoutMs })
    const dateMs = Date.parse(headers.Date ?? '')
    if (Number.isNaN(dateMs)) continue
    leastMs = Math.max(leastMs, dateMs - Date.now())
    mostMs = Math.min(mostMs, dateMs + 1000 - sentMs)
    sleep(apartMs / 1000)
  }
  return leastMs <= mostMs && Number.isFinite(leastMs) ? { leastMs, mostMs } : undefined
}
