import { documentKinds, documentPages } from '../../region/digital-services.ts'
import { normalCdf } from '../distributions.ts'

/**
 * Mean size of a document. Its pages are log-normal (μ = ln median, σ) and cut at a and b:
 * E = a·Φ(α) + e^(μ + σ²/2)·(Φ(β − σ) − Φ(α − σ)) + b·(1 − Φ(β)) with α = (ln a − μ)/σ and β = (ln b − μ)/σ. Bytes.
 */
export const meanDocumentBytes = (): number => {
  const { medianBytes, sigma, leastBytes, mostBytes } = documentPages.value
  const low = Math.log(leastBytes / medianBytes) / sigma
  const high = Math.log(mostBytes / medianBytes) / sigma
  const pages =
    leastBytes * normalCdf(low) +
    medianBytes * Math.exp(sigma ** 2 / 2) * (normalCdf(high - sigma) - normalCdf(low - sigma)) +
    mostBytes * (1 - normalCdf(high))
  const kinds = documentKinds.value
  const weights = kinds.reduce((sum, { share }) => sum + share, 0)
  return pages + kinds.reduce((sum, { share, structuredBytes }) => sum + share * structuredBytes, 0) / weights
}
