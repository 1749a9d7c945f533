/** Not there, or not yours: both give the same page. */
export class NotFound extends Error {}

/** As NotFound, for a form of a participant's own: what it is about was done or changed while its page was open. */
export class ChangedMeanwhile extends Error {}

/** The same for a form that a member sent, with what they had written in it and the page that it belongs to. */
export class SentLate extends Error {
  readonly written: readonly string[]
  readonly page: string | undefined

  constructor(written: readonly string[], page: string | undefined) {
    super('What it is about was done, changed or ended while its page was open')
    this.written = written
    this.page = page
  }
}

/** Why a form is not taken any more, in words for whoever sent it, and where it is read how things stand. */
export type Over = Readonly<{ title: string; text: string; to: Readonly<{ href: string; label: string }> }>

/** Nothing more is written about this: a form of it, sent or opened, is refused in plain words. */
export class IsOver extends Error {
  readonly over: Over
  readonly written: readonly string[]

  constructor(over: Over, written: readonly string[]) {
    super(over.title)
    this.over = over
    this.written = written
  }
}

/** The visitor has to sign in first, and comes back to where they were going. */
export class SignInFirst extends Error {}

/** The page is for a participant, who has to sign in as themselves first. */
export class OwnSignInFirst extends Error {}

/** Signed in, but this page is not for this role. */
export class NotForYou extends Error {}

/** The form did not come from a page of ours, or the page was open too long. */
export class PageExpired extends Error {}

/** A part we depend on does not answer; what was asked for can be tried again. */
export class Unavailable extends Error {}

/** Signed in, but no membership is on: it has to be chosen first. */
export class MembershipFirst extends Error {}

/** Too much of one kind came in a short time: it can be tried again after a minute. */
export class TooMany extends Error {}

/** The file or form is larger than this page takes. */
export class TooLarge extends Error {}
