import type { TestApp } from '#test/app.ts'
import { aWaitingForm } from '#test/people/mail.ts'
import type { Editable } from './forms.ts'

const deciding = { second: 'administrator', first: 'manager', final: true } as const
const at = (step: string) => async (app: TestApp) => {
  const { mail } = await aWaitingForm(app)
  return { page: `/mailbox/${mail}`, action: `/mailbox/${mail}/${step}` }
}

/** What came by email is dealt with once: whoever comes second sees what became of it, with what they typed. */
export const mailboxForms: Readonly<Record<string, Editable>> = {
  '/mailbox/:mail/referral': {
    ...{ ...deciding, prepare: at('referral') },
    mine: { practice: 'none', reason: 'What I heard of them' },
    theirs: { practice: 'none' },
    shows: { theirs: 'Referral added', mine: 'What I heard of them' },
    slip: { practice: '' },
  },
  '/mailbox/:mail/settling': {
    ...{ ...deciding, prepare: at('settling') },
    mine: { why: 'Sent to the wrong place' },
    theirs: { why: 'Sent twice' },
    shows: { theirs: 'Sent twice', mine: 'Sent to the wrong place' },
    slip: { why: '' },
  },
}
