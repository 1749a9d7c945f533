import { resolve } from 'node:path'
import { startVitest } from 'vitest/node'
import { plantedChecks } from './planting.ts'

// Proofs by the thousand, and faults planted one by one: too long for every run of the tests.
await startVitest(
  process.argv.slice(2),
  {
    config: false,
    run: true,
    watch: false,
    root: resolve(import.meta.dirname, '..'),
    include: ['prove/**/*.test.ts'],
    globalSetup: ['test/database.ts'],
    // What was planted before is not what is planted now.
    fsModuleCache: false,
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
  { plugins: [plantedChecks()] },
)
