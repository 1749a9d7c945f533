import { NotFound } from '#platform/http/refusals.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import { WhatHappensNext } from './pages.tsx'
import { mayLookElsewhere, whatHappensNext } from './rules.ts'
import { findWhereItStands } from './store.ts'

/**
 * What a link of the purpose `come-back` opens. It is given out with a referral's id as its subject and whose it is as
 * its person.
 */
export const comeBack: LinkPurpose = {
  title: 'Seeing what happens next with your request',
  show: async ({ db }, reply, link) => {
    const found = await findWhereItStands(db, link)
    if (!found) throw new NotFound()
    const elsewhere = mayLookElsewhere(found.stage)
    return reply.page(<WhatHappensNext {...{ reference: found.reference, elsewhere }} {...whatHappensNext(found)} />)
  },
}
