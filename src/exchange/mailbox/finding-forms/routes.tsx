import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mustTick, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { emptyMails, findMail, type FoundMail, isReceiving } from '#exchange/mailbox/incoming/store.ts'
import { inList } from '#exchange/mailbox/waiting-forms/rules.ts'
import { DeleteForm, FindForm } from './pages.tsx'
import { wordsIn } from './rules.ts'
import { listFound } from './store.ts'

// Those who decide about referrals, where referrals are received.
const who = ['administrator', 'senior-coach', 'service-manager'] as const
const looking = { words: text('Enter a name, an NHS number or another word of the form', 200) }
const deleting = { sure: mustTick('Say that it is they who ask, or somebody who may ask for them') }

/** Looking for forms by email by whom they are about, and deleting what one says because its person asks. */
export async function findingFormsRoutes(app: App): Promise<void> {
  app.get('/mailbox/finding', { who, verb: 'search' }, async (request, reply) => {
    await allowed(request)
    return reply.page(<FindForm {...blank} now={request.now} />)
  })
  app.post('/mailbox/finding', { who, verb: 'search', reads: 'list', form: looking }, async (request, reply) => {
    const { db, area, form, now } = request
    await allowed(request)
    const words = form.ok ? wordsIn(form.value.words) : undefined
    if (!words) {
      const tooFew = [{ field: 'words', message: 'Enter at least 2 letters of a name' }]
      await request.read('mailbox.searched', { codes: { shown: [] } })
      return reply.code(422).page(<FindForm typed={form.typed} problems={form.ok ? tooFew : form.problems} now={now} />)
    }
    const found = (await listFound(db, area, words)).map(inList)
    await request.read('mailbox.searched', { codes: { shown: found.map(({ id }) => id) } })
    return reply.page(<FindForm typed={form.typed} problems={[]} {...{ found, now }} />)
  })
  deletingRoutes(app)
}

function deletingRoutes(app: App): void {
  const path = '/mailbox/:mail/emptying'
  app.get(path, { who, verb: 'open', reads: 'list' }, async (request, reply) => {
    const mail = await mailAsked(request, request.params.mail)
    await request.read('mailbox.opened', { subject: mail.id })
    return reply.page(<DeleteForm {...blank} mail={inList(mail)} now={request.now} />)
  })
  app.post(path, { who, verb: 'edit', form: deleting }, async (request, reply) => {
    const { db, area, form, now } = request
    const mail = await mailAsked(request, request.params.mail)
    if (!form.ok) {
      await request.act('mailbox.incomplete', { subject: mail.id })
      return reply.code(422).page(<DeleteForm {...form} mail={inList(mail)} now={now} />)
    }
    await emptyMails(db, { area, ids: [mail.id], because: 'asked', now })
    await request.act('mailbox.erased', { subject: mail.id })
    request.flash('Deleted here. The message itself lies in the mailbox: ask whoever runs it to delete it there.')
    return reply.redirect('/mailbox', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function allowed({ db, actor, today }: Asking): Promise<void> {
  if (!(await isReceiving(db, actor, today))) throw new NotFound()
}

/** A message that this reader may see and of which no referral was made: one that was goes with the record. */
async function mailAsked(asking: Asking, asked: string): Promise<FoundMail> {
  await allowed(asking)
  const found = await findMail(asking.db, asking.area, asked)
  if (!found || found.referral !== null) throw new NotFound()
  return found
}
