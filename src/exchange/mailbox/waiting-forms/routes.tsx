import type { App } from '#platform/http/app.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { mailboxOf } from '#platform/mailbox/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findLook, isReceiving, listMails } from '#exchange/mailbox/incoming/store.ts'
import { MailList, NotYours } from './pages.tsx'
import { inList } from './rules.ts'
import { countDeleted } from './store.ts'

// Those who decide about referrals.
const who = ['administrator', 'senior-coach', 'service-manager'] as const
const path = '/mailbox'

/** The forms that came by email: those that wait, those that were dealt with, and looking into the mailbox at once. */
export async function waitingFormsRoutes(app: App): Promise<void> {
  app.get(path, { who, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, area, actor, now, today } = request
    if (!(await isReceiving(db, actor, today))) {
      await request.read('mailbox.list', { codes: { shown: [] } })
      return reply.code(403).page(<NotYours />)
    }
    const [open, settled] = [await listMails(db, area, 'open'), await listMails(db, area, 'settled')]
    await request.read('mailbox.list', { codes: { shown: [...open, ...settled].map(({ id }) => id) } })
    const isSetUp = mailboxOf(app.settings, area) !== undefined
    const { keepFormsDays: keepDays } = await findSettings(db, area, today)
    const keeping = { today, keepDays, deleted: await countDeleted(db, area, now) }
    const lists = { open: open.map(inList), settled: settled.map(inList) }
    return reply.page(<MailList {...lists} {...{ isSetUp, now, ...keeping }} look={await findLook(db, area)} />)
  })
  app.post(`${path}/look`, { who, form: {} }, async (request, reply) => {
    const { db, area } = request
    await addJob(db, 'incoming.look', { area })
    await request.act('mailbox.asked')
    request.flash('We are looking. What is there stands here in a moment.')
    return reply.redirect(path)
  })
}
