import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'

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

const ours: Words = {
  title: 'Sorry, something went wrong',
  text: 'This is our fault and it was written down for us to mend. Nothing was saved. Try again, and if it happens again tell us the number below.',
}

/** Why something is not to be had: the same words for what is not there and what is not yours. */
const Refusal = ({ status, id }: { status: number; id: string }) => {
  const { title, text, then = [] } = words[status] ?? (status >= 500 ? ours : missing)
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
        <a href="/">
          <Said text="Go to the start page" />
        </a>
      </p>
    </Page>
  )
}

/** The page for a refusal, ready to be rendered. */
export const refusal = (status: number, id: string) => <Refusal status={status} id={id} />
