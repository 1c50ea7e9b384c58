import { expect, test } from 'vitest'
import { staged } from '../../cli/staged.ts'
import { readExperiment } from '../../runner/read-experiment.ts'

test('an experiment with a scenario that is not there is refused with its name and the key', async () => {
  const experiment = { ...(await readExperiment('slow-database')), scenario: 'nowhere' }
  await expect(staged(experiment)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(/^slow-database: scenario: expected a scenario of recup-day.*, got nowhere$/),
    hint: 'correct the experiment slow-database',
  })
})
