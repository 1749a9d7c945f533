import { NotFound } from '#platform/http/refusals.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Link } from '#platform/link/rules.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import { WhatHappensNext } from './pages.tsx'
import { mayLookElsewhere, whatHappensNext } from './rules.ts'
import { findWhereItStands } from './store.ts'

/** Whether a link went to a way that is the person's own and that nobody else reads: the registers answer. */
export type IsTheirsToOpen = (db: Db, link: Link) => Promise<boolean>

/**
 * What a link of the purpose `come-back` opens. It is given out with a referral's id as its subject and whose it is as
 * its person.
 */
export const comeBack = (isTheirsToOpen: IsTheirsToOpen): LinkPurpose => ({
  title: 'Seeing what happens next with your request',
  show: async ({ db }, reply, link) => {
    const found = await findWhereItStands(db, link)
    if (!found) throw new NotFound()
    // Whoever referred may have written down their own address, or somebody else reads what reaches the person: there it
    // says that the request arrived, for ever.
    const stands = (await isTheirsToOpen(db, link)) ? found : { stage: null, firstTryBy: null }
    const elsewhere = mayLookElsewhere(stands.stage)
    return reply.page(<WhatHappensNext {...{ reference: found.reference, elsewhere }} {...whatHappensNext(stands)} />)
  },
})
