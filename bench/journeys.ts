import { bareRate } from './bare-script.ts'
import { nullLoad } from './null-load.ts'
import type { ReceivedRequest } from './null-server.ts'
import { type OneStream, oneStream } from './one-stream.ts'

/** Requests per second of k6's own processor time, against a server that does nothing. */
export interface Beside {
  /** Whole journeys, with rows, ledger, samples and collector. */
  readonly perCore: number
  /** A bare script that sends the requests of one such journey over and over, and nothing of ours. */
  readonly barePerCore: number
}

export interface JourneyFigures {
  /** Bookings by phone: six requests a row, nine when the first offer is given back. */
  readonly bookings: Beside
  /** Acceptances at the counter: two requests a row. */
  readonly acceptances: Beside
}

const seconds = 10
const actors = 20

const beside = async (k6: string, of: Pick<OneStream, 'stream' | 'action' | 'rowsPerSecond'>): Promise<Beside> => {
  const journey = { ...of, seconds, actors }
  const {
    requests,
    received,
    loadGenerator,
    seconds: lasted,
  } = await nullLoad({
    k6,
    ...oneStream(journey),
    hasPauses: false,
  })
  return {
    perCore: requests / (loadGenerator.cpuRatio * lasted),
    barePerCore: await bareRate({ k6, actors, seconds }, firstJourney(received)),
  }
}

/** The requests of the row whose first came first, in their order. */
const firstJourney = (received: readonly ReceivedRequest[]): readonly ReceivedRequest[] =>
  received.filter(({ trace }) => trace === received[0]?.trace)

export const benchJourneys = async (k6: string): Promise<JourneyFigures> => ({
  bookings: await beside(k6, { stream: 'phone', action: 'book', rowsPerSecond: 400 }),
  acceptances: await beside(k6, { stream: 'counter', action: 'accept', rowsPerSecond: 1200 }),
})
