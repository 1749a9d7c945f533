import type { Db } from '#platform/database/transaction.ts'
import { quickExit } from '#platform/html/shell.tsx'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { visitCookie } from '#platform/http/browser.ts'
import { NotFound, TooLarge } from '#platform/http/refusals.ts'
import { ownPath } from '#platform/identity/rules.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { draftNamed } from './draft-rules.ts'
import { endDraft, endEveryDraft, forgetExpiredDrafts, saveDraft } from './drafts.ts'
import { forgetPresses } from './done.ts'
import { optionalText, text } from './fields.ts'
import { forgetSentForms } from './sent.ts'

/** Whether there is such an area: asked before a stranger's draft is kept in it. */
export type IsArea = (db: Db, area: string) => Promise<boolean>

const draftFields = { draft: text('Name the draft', 181) }

/** Where pages save what is being typed, where it is cleared again, and where it is left behind. */
export function formRoutes(isArea: IsArea) {
  return async (app: App): Promise<void> => {
    const draft = { who: 'anyone', area: 'form', form: draftFields, unjournaled: true } as const
    app.post('/drafts', draft, async ({ db, area, owner, form, now }, reply) => {
      const named = form.ok ? draftNamed(form.value.draft) : undefined
      if (!named || !(await isArea(db, area))) throw new NotFound()
      if (!(await saveDraft(db, { area, owner, ...named, typed: form.typed, now }))) throw new TooLarge()
      return reply.code(204).text('', 'text/plain')
    })

    const removal = { ...draft, query: { to: optionalText(2000) } } as const
    app.post('/drafts/removal', removal, async ({ db, area, owner, form, query }, reply) => {
      const named = form.ok ? draftNamed(form.value.draft) : undefined
      if (!named || !(await isArea(db, area))) throw new NotFound()
      await endDraft(db, { area, owner, ...named })
      return reply.redirect(ownPath(query.to ?? undefined) ?? '/')
    })

    app.get('/leave', { who: 'anyone' }, (_request, reply) => Promise.resolve(leaving(reply)))
    app.get('/in/:area/leave', { who: 'anyone', area: 'path' }, async ({ db, area, owner, session, me }, reply) => {
      // Whoever has signed in is known to us and keeps what they wrote; a stranger's computer forgets it.
      if (!session && !me) await endEveryDraft(db, area, owner)
      return leaving(reply)
    })
  }
}

/** Leads out of here, and takes away what tells this browser from others. */
function leaving(reply: Answer): Outcome {
  return reply.cookie({ name: visitCookie, value: '' }).redirect(quickExit)
}

/** Work for later: once a day the drafts whose time is over are forgotten, and the forms that nobody goes back to. */
export const formJobs: Jobs = {
  'form.forget-drafts': async (db, { area }, now) => {
    await forgetExpiredDrafts(db, area, now)
    await forgetSentForms(db, area, now)
    await forgetPresses(db, area, now)
  },
}
export const formSchedules: readonly Schedule[] = [{ job: 'form.forget-drafts', match: '20 2 * * *' }]
