import { dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import { isOver, type OwnPilot, ownGets, ownPlaces } from './rules.ts'

type OneProps = FormState & Readonly<{ own: OwnPilot; form: string }>

/** What a participant is asked to try, in the words of the pilot, and their yes or no. */
export function OneOwnPilot({ own, form, problems, typed }: OneProps) {
  const say = useSay()
  const { pilot, place, newest, answeredTo, standing, gets } = own
  const { label, colour } = ownPlaces[place]
  return (
    <Page
      title="Trying something new"
      back={{ href: '/my/agreements', label: 'What I agreed to' }}
      lede="It is your choice. You can stop at any time, you need no reason, and your support and your benefits stay as they are."
      problems={problems}
    >
      <h2 className="nhsuk-heading-m">
        <AreaWords text={pilot.name} /> <Tag colour={colour}>{say(label)}</Tag>
      </h2>
      <p className="ww-words">
        <AreaWords text={pilot.tried} />
      </p>
      {isOver(standing) ? <Over /> : null}
      <blockquote className="ww-words">
        <AreaWords text={answeredTo ?? pilot.words} />
      </blockquote>
      {newest ? (
        <p>
          {say('You answered on {day}, to version {version} of these words.', {
            ...{ day: say.day(dayOf(newest.at)), version: newest.version },
          })}
        </p>
      ) : null}
      {answeredTo === undefined || isOver(standing) ? null : <NewWords words={pilot.words} />}
      {gets === null ? null : (
        <p>
          <Said text={ownGets[gets].label} />
        </p>
      )}
      <Answering {...{ own, form, problems, typed }} />
    </Page>
  )
}

const Over = () => (
  <Inset>
    <p>
      <Said text="This has ended. You are not asked to do anything." />
    </p>
  </Inset>
)

const NewWords = ({ words }: Readonly<{ words: string }>) => (
  <>
    <h3 className="nhsuk-heading-s">
      <Said text="The words have changed since you answered" />
    </h3>
    <p>
      <Said text="Your answer is to the words above. These are the new words:" />
    </p>
    <blockquote className="ww-words">
      <AreaWords text={words} />
    </blockquote>
  </>
)

function Answering({ own: { pilot, place, standing, mayJoin }, form, problems, typed }: OneProps) {
  const mayLeave = place === 'yes' || (place === 'asked' && !isOver(standing))
  return (
    <>
      {mayJoin || mayLeave ? (
        <Form
          action={`/my/pilots/${pilot.id}`}
          fields={{ id: form, seen: `${pilot.version}` }}
          {...{ problems, typed }}
        >
          <RadiosFrom
            name="says"
            label={place === 'yes' ? 'Do you want to stop?' : 'Do you want to take part?'}
            list={place === 'yes' ? stopping : answering}
            only={place === 'yes' || !mayJoin ? ['no'] : ['yes', 'no']}
          />
          <Button>Save</Button>
        </Form>
      ) : null}
      {!mayJoin && place !== 'yes' && !isOver(standing) ? (
        <p>
          <Said text="If you would like to take part, tell your coach. They know whether it is still possible." />
        </p>
      ) : null}
    </>
  )
}

const answering = {
  yes: { label: 'Yes, I take part' },
  no: { label: 'No, I do not take part' },
} as const

const stopping = { yes: answering.yes, no: { label: 'I do not want to take part any more' } } as const
