import { describe, expect, it } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { K6CsvReader } from '../../results/read-k6-csv.ts'
import { csvHeader } from './fixture.ts'

const read = (...chunks: readonly (string | Buffer)[]) => {
  const samples: string[] = []
  const reader = new K6CsvReader((encoded) => {
    samples.push(encoded)
    return encoded !== 'bad'
  })
  for (const chunk of chunks) reader.write(Buffer.from(chunk))
  reader.end()
  return { samples, totals: reader.totals }
}

const lines = `http_reqs,1,1.000000,,,
http_req_duration,1,13.4,,,
collaudo,1,1.000000,,,c=%5B1%5D
data_sent,1,71.000000,,,
data_received,1,124.500000,,,
iteration_duration,1,15.6,,,
checks,1,1.0,,,
http_reqs,2,1.000000,,,
`

describe('K6CsvReader', () => {
  it('sums requests and bytes and hands over our samples', () => {
    expect(read(csvHeader + lines)).toEqual({
      samples: ['%5B1%5D'],
      totals: { requests: 2, bytesSent: 71, bytesReceived: 124.5, badLines: 0 },
    })
  })

  it('gives the same however the bytes are cut into chunks', () => {
    const whole = read(csvHeader + lines)
    const bytes = Buffer.from(csvHeader + lines)
    for (const size of [1, 2, 3, 7, 50]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect(read(...chunks)).toEqual(whole)
    }
  })

  it('passes over what k6 prints before and between its lines', () => {
    const banner = '\n   /\\      Grafana   /‾‾/\n'
    const { totals } = read(`${banner}${csvHeader}     execution: local\n${lines}running (00m01.0s), 0/2 VUs\n`)
    expect(totals).toMatchObject({ requests: 2, badLines: 0 })
  })

  it('finds its columns by the header, whatever system tags are chosen', () => {
    const header = 'metric_name,timestamp,metric_value,extra_tags,metadata\n'
    expect(read(`${header}collaudo,1,1.0,,c=%5B2%5D\ndata_sent,1,5.0,,\n`)).toMatchObject({
      samples: ['%5B2%5D'],
      totals: { bytesSent: 5 },
    })
    const wide = 'metric_name,timestamp,metric_value,error,url,extra_tags,metadata\n'
    expect(read(`${wide}collaudo,1,1.0,"broken, ""pipe""",u,a=1&b=2,c=%5B3%5D\n`).samples).toEqual(['%5B3%5D'])
  })

  it('finds our key among further metadata', () => {
    expect(read(`${csvHeader}collaudo,1,1.0,,,trace_id=4bf9&c=%5B4%5D&z=1\n`).samples).toEqual(['%5B4%5D'])
    expect(read(`${csvHeader}collaudo,1,1.0,,,c=%5B5%5D&z=1\n`).samples).toEqual(['%5B5%5D'])
  })

  it('counts damaged and half lines and never throws for them', () => {
    const damaged = 'collaudo,1,1.0,,,\ncollaudo,1\ncollaudo,1,1.0,,,c=bad\nhttp_reqs,1,,,,\n\u0000\u0001garbage\n'
    expect(read(`${csvHeader + damaged}collaudo,1,1.0,,,c=%5`).totals.badLines).toBe(5)
  })

  it('drops a line that never ends, so that memory stays bounded', () => {
    const { totals, samples } = read(csvHeader, Buffer.alloc(2 << 20, 'x'), `\n${lines}`)
    expect(totals.badLines).toBe(1)
    expect(samples).toEqual(['%5B1%5D'])
  })

  it('says which columns it misses', () => {
    expect(() => read('metric_name,timestamp,metric_value\n')).toThrow(Failure)
    expect(() => read('metric_name,timestamp,metric_value\n')).toThrow(/metadata/)
  })
})
