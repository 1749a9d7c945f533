import type { Template } from '#registers/templates/rules.ts'

/** An account at NHS login or GOV.UK One Login that opens a person's space, as they see it themselves. */
export type OwnLogin = Readonly<{ id: string; label: string; since: Temporal.Instant }>

/** What the message is called that says that an account was taken away. */
export const removedKind = 'login.removed'

/** What every way is told by which somebody signs in: nothing that tells anybody else what it is about. */
export const loginRemovedTemplate: Template = {
  ...{ code: 'login-removed', kind: removedKind, title: 'An account was taken away from their sign-in' },
  when: 'As soon as a person takes away an account with which they signed in: to every number and address by which they sign in.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    phone: {
      label: 'The phone number of the area',
      example: '01632 960001',
      needed: 'whoever did not change anything has to know whom to tell',
    },
  },
  own: {
    subject: 'How you sign in',
    body: 'One of the ways in which you sign in was taken away. If you did not do this, ring {phone}.',
  },
}
