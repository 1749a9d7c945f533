import { dayOf } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card, EmptyState } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { changes, type OwnChange } from './rules.ts'

/** Who has been there for a participant, the newest first, until they say that they have read it. */
export function OwnChanges({ changes: all }: Readonly<{ changes: readonly OwnChange[] }>) {
  const say = useSay()
  return (
    <Page
      title="Who looks after you"
      back={{ href: '/my', label: 'Home' }}
      lede={say('What has changed, and since when.')}
    >
      {all.length === 0 ? (
        <EmptyState heading="Nothing has changed so far">
          <Said text="When somebody else looks after you, it stands here with their name." />
        </EmptyState>
      ) : (
        all.map((one) => <OneChange key={one.id} change={one} />)
      )}
    </Page>
  )
}

/** Whom somebody rings and where they sign in whose support goes on in another area. */
function GoesOnThere({ thereCode, therePhone }: Pick<OwnChange, 'thereCode' | 'therePhone'>) {
  if (thereCode === null) return null
  return (
    <p>
      {therePhone === null ? null : (
        <>
          <Said text="Call {phone}." with={{ phone: <PhoneLink number={therePhone} /> }} />{' '}
        </>
      )}
      <a href={`/in/${thereCode}/sign-in`}>
        <Said text="Sign in there" />
      </a>
    </p>
  )
}

function OneChange({ change }: Readonly<{ change: OwnChange }>) {
  const say = useSay()
  const { id, kind, fromName, toName, at, seenAt } = change
  return (
    <Card heading={say('Since {day}', { day: say.day(dayOf(at)) })}>
      <p className="ww-own-when">{say(changes[kind].label, { to: toName })}</p>
      <GoesOnThere {...change} />
      {fromName === null ? null : <p>{say('Before, it was {from}.', { from: fromName })}</p>}
      <p>
        <Said text="They have what is written down about you. You do not have to say it again." />
      </p>
      {seenAt === null ? (
        <ButtonForm action={`/my/changes/${id}/reading`} secondary>
          I have read this
        </ButtonForm>
      ) : null}
    </Card>
  )
}
