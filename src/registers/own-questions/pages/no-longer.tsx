import { Inset } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { Said } from '#platform/html/say.tsx'
import type { NoLonger } from '#registers/own-questions/rules.ts'

/** The title of a page that has nothing left to ask. */
export const noneAsked = 'These questions are no longer asked'

const words = {
  gone: 'Some questions are no longer asked. You do not need to answer them.',
  kept: 'Some questions are no longer asked. What you answered of them is kept.',
  toBeSent:
    'Some questions are no longer asked. What you answered of them is kept, and is sent with your other answers.',
} as const

type Telling = Readonly<{
  noLonger: NoLonger
  /** Set where the answers are still to be sent. */
  toBeSent?: boolean
}>

/** That the area has switched off some of the questions since somebody was asked them, and what becomes of their answers. */
export const NoLongerAsked = ({ noLonger, toBeSent = false }: Telling) =>
  noLonger === 'none' ? null : (
    <Inset>
      <p>
        <Said text={words[noLonger === 'kept' && toBeSent ? 'toBeSent' : noLonger]} />
      </p>
    </Inset>
  )

/** That nothing is wanted of somebody, with whom to call all the same. */
export const NothingToDo = () => (
  <>
    <p>
      <Said text="You do not need to answer them. If you want to talk about how you are, ask your coach." />
    </p>
    <p>
      <CrisisWords />
    </p>
  </>
)
