import type { App } from '#platform/http/app.ts'
import { fhirPath, handbookPath, tokenPath } from '#registers/clients/rules.ts'
import { operationsShown } from '#exchange/api/openapi/import.ts'
import { Handbook } from './pages.tsx'

const directoryPath = '/open-referral/v3'

/** The page for whoever wants to refer by their own system, open to everybody. */
export async function handbookRoutes(app: App): Promise<void> {
  const addresses = { origin: app.settings.origin, tokenPath, fhirPath, directoryPath }
  const operations = operationsShown()
  app.get(handbookPath, { who: 'anyone' }, async (_request, reply) =>
    reply.page(<Handbook {...addresses} operations={operations} />),
  )
}
