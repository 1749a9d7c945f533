import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What a browser goes through takes longest, in this order; the tour as long as a third of all. */
const longest = ['/journeys/tour.test.ts', '/journeys/own-pages.test.ts', '/journeys/']

/** Begins what takes longest first, so that both workers end together, also where nothing was ever timed. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((part) => moduleId.includes(part))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
  }
}

export default defineConfig({
  // axe goes as text into every page of the tour: without its comments there is less than half to read.
  resolve: { alias: { 'axe-core': 'axe-core/axe.min.js' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/database.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Each worker has a product and a database under load; more than two only take turns on a laptop.
    maxWorkers: 2,
    // The files of one worker share the product's code, which is then read once and soon runs fast; each file has its own
    // product, database and clock, and none sets anything in the environment.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
