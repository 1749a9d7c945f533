import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Picture } from '#platform/html/picture.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { changeMindDays, whys, wishes } from './rules.ts'

type LeaveProps = FormState & Readonly<{ id: string; awaited: boolean }>

const home = { href: '/my', label: 'Home' } as const

/** Stopping, or asking to be rung before one decides. */
export const Leave = ({ id, awaited, problems, typed }: LeaveProps) => (
  <Page
    title="Leave the service"
    lede="It is your choice, and you do not have to say why. It does not affect your benefits."
    back={home}
    problems={problems}
  >
    {awaited ? (
      <Inset>
        <p>
          <Said text="You asked us to call you first. Your coach sees it. You can still stop now if you do not want to wait." />
        </p>
      </Inset>
    ) : null}
    <WhatHappens />
    <Form action="/my/leaving" problems={problems} typed={typed} fields={{ id }} draft>
      <RadiosFrom name="wish" label="What do you want to happen?" list={wishes} />
      <Folded summary="Tell us why (optional)" fields={['why', 'said']}>
        <RadiosFrom name="why" label="What is the main reason?" list={whys} />
        <TextArea name="said" label="Anything you want to tell us" rows={3} maximum={1000} />
      </Folded>
      <Button>Send</Button>
    </Form>
  </Page>
)

const WhatHappens = () => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens if you stop" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {happens.map(({ text, picture }) => (
        <li key={text}>
          <Picture of={picture} />
          <Said text={text} />
        </li>
      ))}
    </ul>
  </>
)

const happens = [
  { picture: 'stop', text: 'Your support ends, and what is booked is called off. We do not contact you any more.' },
  {
    picture: 'person',
    text: 'Your coach is told. Your employer and Jobcentre Plus are not told, by us or by this service.',
  },
  {
    picture: 'message',
    text: 'If your GP or another service referred you, and you agreed that they hear how it goes, they are told that it ended. They are not told why.',
  },
  {
    picture: 'copy',
    text: 'Your record is kept for as long as the law asks, and is closed. You can ask for a copy of it.',
  },
  { picture: 'door', text: 'You can come back whenever you like.' },
] as const

type StoppedProps = Readonly<{
  mayChangeMind: boolean
  on: Temporal.PlainDate
  /** What somebody agrees to anew who takes back that they stopped. */
  words: string
}>

/** That support has ended, what becomes of the record, and how to come back. */
export const Stopped = ({ mayChangeMind, on, words }: StoppedProps) => {
  const say = useSay()
  const { area } = useShell()
  return (
    <Page title="Your support has ended" heading={false} back={home}>
      <Panel heading="Your support has ended">
        <p>{say('on {day}', { day: say.day(on) })}</p>
      </Panel>
      <p>
        <Said text="Nobody contacts you any more. Your employer and Jobcentre Plus are not told. Your benefits stay as they are." />
      </p>
      {mayChangeMind ? <ChangeMind on={on} words={words} /> : null}
      <h2 className="nhsuk-heading-m">
        <Said text="To come back later" />
      </h2>
      <p>
        {area?.phone ? (
          <Said text="Call {phone}, or ask for help again." with={{ phone: <PhoneLink number={area.phone} /> }} />
        ) : (
          <Said text="Ask for help again." />
        )}
      </p>
      {area ? (
        <LinkButton href={`/in/${area.code}/refer-yourself`} secondary>
          Ask for help again
        </LinkButton>
      ) : null}
      <YourRecord />
    </Page>
  )
}

/** That support here has ended because it goes on in another area, and where to read who is there. */
export const GoesOnElsewhere = ({ on }: Pick<StoppedProps, 'on'>) => {
  const say = useSay()
  return (
    <Page title="Your support goes on in another area" heading={false} back={home}>
      <Panel heading="Your support goes on in another area">
        <p>{say('Since {day}', { day: say.day(on) })}</p>
      </Panel>
      <p>
        <Said text="Whoever helps you there gets in touch with you. It does not affect your benefits." />{' '}
        <a href="/my/changes">{say('See what has changed')}</a>
      </p>
      <YourRecord />
    </Page>
  )
}

const YourRecord = () => {
  const say = useSay()
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="Your record" />
      </h2>
      <p>
        <Said text="It is closed and kept for as long as the law asks. You can still read what is here, and ask for a copy." />{' '}
        <a href="/my/copy">{say('A copy of your record')}</a>
      </p>
    </>
  )
}

const ChangeMind = ({ on, words }: Pick<StoppedProps, 'on' | 'words'>) => {
  const say = useSay()
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="If you change your mind" />
      </h2>
      <p>
        {say(
          'Until {day} you can go on as before with one click. What was booked, or asked of a service, has to be arranged again.',
          {
            day: say.day(on.add({ days: changeMindDays })),
          },
        )}
      </p>
      <p>
        <Said text="This means you agree to this again:" />
      </p>
      <blockquote className="ww-words">
        <AreaWords text={words} />
      </blockquote>
      <ButtonForm action="/my/leaving/withdrawal">I changed my mind</ButtonForm>
    </>
  )
}

/** There is nothing to stop. */
export const NothingToLeave = () => (
  <Page title="Leave the service" back={home}>
    <p>
      <Said text="You have no support from us at the moment, so there is nothing to stop." />
    </p>
  </Page>
)
