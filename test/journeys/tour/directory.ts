import type { TestApp } from '#test/app.ts'
import { aProposal } from '#test/editing/directory.ts'
import { aService } from '#test/people/services.ts'

/** A directory in which a local service stands beside the national ones. */
export async function aDirectory(app: TestApp): Promise<Readonly<Record<string, string>>> {
  return { service: await aService(app, { at: {} }), proposal: await aProposal(app) }
}
