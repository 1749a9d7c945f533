import type { ReactElement } from 'react'
import { check, optionalText } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import { blank } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import { failLink } from './links.ts'
import { isProven, isSpokenCode } from './proof.ts'
import type { LinkPurpose, LinkVisit } from './routes.tsx'
import { type Link, triesLeft } from './rules.ts'

/** What stands behind a link: where its form goes, who asks, and by what the code is known. */
type Behind = Readonly<{ at: string; areaName: string; askedBy: string; codeOf: string }>

/** One visit behind a link, whose reader has said the code. */
export type Showing<B> = Readonly<{ request: LinkVisit; link: Link; asked: B; secret: string }>

type Parts<B extends Behind> = Readonly<{
  /** What such a link is for, said where it no longer opens. */
  title: string
  secret: string
  find(request: LinkVisit, link: Link): Promise<B>
  /** The page itself, once the code was said. */
  page(showing: Showing<B>): ReactElement
  /** What is kept once somebody has said the code, before the page is made. */
  opened?(showing: Showing<B>): Promise<void>
  /** What sending its form does. */
  answered(showing: Showing<B> & Readonly<{ reply: Answer }>): Promise<Outcome>
}> &
  Pick<LinkPurpose, 'took'> &
  Pick<NonNullable<LinkPurpose['known']>, 'reference'>

const proving = { code: optionalText(40), proof: optionalText(100) }

/** A link that opens nothing before its reader has said the code that they were told by phone. */
export function behindCode<B extends Behind>({
  title,
  secret,
  find,
  page,
  opened,
  answered,
  took,
  reference,
}: Parts<B>): LinkPurpose {
  return {
    title,
    atWork: true,
    ...(took ? { took } : {}),
    known: { needed: 'the six-digit code that we told you by phone', ...(reference ? { reference } : {}) },
    show: async (request, reply, link) => {
      const asked = await find(request, link)
      return reply.page(<EnterCode {...asked} left={triesLeft(link)} {...blank} />)
    },
    answer: async (request, reply, link) => {
      const asked = await find(request, link)
      const read = check(proving, request.form.typed)
      const { code, proof } = read.ok ? read.value : { code: null, proof: null }
      const showing = { request, link, asked, secret }
      if (isProven({ secret, link, now: request.now }, proof)) return answered({ ...showing, reply })
      if (isSpokenCode(secret, asked.codeOf, code ?? '')) {
        await opened?.(showing)
        return reply.page(page(showing))
      }
      await failLink(request.db, link)
      const problems = [{ field: 'code', message: 'This is not the code. Check it, or ring us' }]
      const left = triesLeft({ failed: link.failed + 1 })
      return reply.code(422).page(<EnterCode {...asked} {...{ left, problems, typed: {} }} />)
    },
  }
}

type CodeProps = FormState & Omit<Behind, 'codeOf'> & Readonly<{ left: number | undefined }>

/** Whoever opens the link says the code that they were told by phone, before anything about anybody is shown. */
function EnterCode({ at, areaName, askedBy, left, problems, typed }: CodeProps) {
  const say = useSay()
  return (
    <FormPage
      title="A question for you"
      onlyInEnglish
      atWork
      caption={areaName}
      lede={say('{area} asks you something about somebody who has agreed to it.', { area: areaName })}
      action={at}
      problems={problems}
      typed={typed}
    >
      {left === undefined ? null : <TriesLeft left={left} />}
      <TextField
        name="code"
        label="Your six-digit code"
        hint="We tell it to you by phone, so that nobody else can open this link."
        inputMode="numeric"
        autoComplete="one-time-code"
        width={10}
      />
      <Button name="do" value="open">
        Continue
      </Button>
      <WhomToRing askedBy={askedBy} />
    </FormPage>
  )
}

const TriesLeft = ({ left }: { left: number }) => (
  <Inset>
    <p>
      <Said
        text="You can try {left} more times. After that the link stops, and you can ring us for another."
        with={{ left }}
      />
    </p>
  </Inset>
)
