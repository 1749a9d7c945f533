import { NotKept } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import type { Late } from './parts.ts'
import type { Over } from './refusals.ts'

type Words = Readonly<{ title: string; text: string; then?: readonly string[] }>

const missing: Words = {
  title: 'Page not found',
  text: 'There is no such page, or it is not one that you can open. Check the address, or go back and choose again.',
}

const words: Readonly<Record<number, Words>> = {
  400: { title: 'We could not read that', text: 'Go back, check what you entered and try again.' },
  403: {
    title: 'This page is not open to you',
    text: 'You may be signed in under another role, or the page was open for too long. Go back, load the page again and try once more. What you typed is kept as a draft.',
  },
  404: missing,
  413: {
    title: 'That is too large',
    text: 'The form or file is larger than this page takes. Send a smaller one, or split it.',
  },
  415: { title: 'We could not read that', text: 'Send the form from its own page.' },
  429: {
    title: 'Please wait a while',
    text: 'This was tried very often in a short time, by you or by somebody who shares your connection.',
    then: [
      'Wait ten minutes, go back and send it again. What you typed is still on the page you came from.',
      'If you cannot wait, call the service in your area. They can fill in the form with you.',
    ],
  },
  503: {
    title: 'The service is not available for a moment',
    text: 'Nothing you had saved is lost. Wait a few seconds and load the page again.',
  },
}

// A form of one’s own that was open while what it is about was done, changed or taken back. The same words for what is not
// theirs, so that nobody learns from them which it is.
const ownLate: Words = {
  title: 'This has changed since you opened the page',
  text: 'What you sent may be done already. Or it was changed or taken back, by you or by us, while the page was open. What was saved before is still saved.',
  then: ['Open your pages again to see how it stands now. If it is not as you want it, tell us.'],
}

const ours: Words = {
  title: 'Sorry, something went wrong',
  text: 'This is our fault and it was written down for us to mend. Nothing was saved. Try again, and if it happens again tell us the number below.',
}

type Refused = Readonly<{ status: number; id: string; late: Late | undefined }>

/** Why something is not to be had: the same words for what is not there and what is not yours. */
const Refusal = ({ status, id, late }: Refused) => {
  if (late?.over) return <NoMore {...late.over} written={late.written} />
  if (late && !late.isOwn) return <SentTooLate {...late} />
  const { title, text, then = [] } = (late ? ownLate : words[status]) ?? (status >= 500 ? ours : missing)
  return (
    <Page title={title}>
      <p>
        <Said text={text} />
      </p>
      {then.map((more) => (
        <p key={more}>
          <Said text={more} />
        </p>
      ))}
      {status >= 500 && status !== 503 ? (
        <p>
          <Said text="Number: {id}" with={{ id }} />
        </p>
      ) : null}
      <p>
        <a href={late ? '/my' : '/'}>
          <Said text={late ? 'Go to your pages' : 'Go to the start page'} />
        </a>
      </p>
    </Page>
  )
}

// The same words for what is not theirs, so that nobody learns from them which it is.
const SentTooLate = ({ written, page }: Pick<Late, 'written' | 'page'>) => (
  <Page onlyInEnglish title="This has changed since you opened the page">
    <p>
      What you sent may be done already. Or somebody changed it, took it back or ended it while the page was open, or it
      is not one that you can open. What was saved before is still saved.
    </p>
    {written.length > 0 ? <NotKept words={written} /> : null}
    <p>Copy what you still need, and open the record again to see how it stands now.</p>
    {page === undefined ? null : (
      <p>
        <a href={page}>Open the page that it belongs to</a>
      </p>
    )}
    <p>
      <a href="/">Go to the start page</a>
    </p>
  </Page>
)

const NoMore = ({ title, text, to, written }: Over & Pick<Late, 'written'>) => (
  <Page onlyInEnglish title={title}>
    <p>{text}</p>
    {written.length > 0 ? <NotKept words={written} /> : null}
    <p>
      <a href={to.href}>{to.label}</a>
    </p>
  </Page>
)

/** The page for a refusal, ready to be rendered. */
export const refusal = (status: number, id: string, late?: Late) => <Refusal {...{ status, id, late }} />
