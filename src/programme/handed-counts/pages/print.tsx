import { LinkButton } from '#platform/html/buttons.tsx'
import { PrintLink } from '#platform/html/content.tsx'
import { Handout } from '#platform/html/handout.tsx'
import { Page } from '#platform/html/page.tsx'
import { QrCode } from '#platform/html/qr-code.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import { directionOf, type Language, languages } from '#platform/language/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { givenBy } from '#journey/handed-link/rules.ts'

type Printed = Readonly<{
  areaName: string
  phone: string | null
  organisationName: string
  kind: OrganisationKind
  address: string
}>

type PrintProps = Printed & Readonly<{ id: string; language: Language; isDraft: boolean }>

/** A poster and a sheet of cards, black on white, in the language that was chosen. */
export const PrintLinkSheets = ({ id, language, isDraft, ...printed }: PrintProps) => (
  <Handout>
    <Page
      title="Poster and cards"
      caption={printed.organisationName}
      back={{ href: `/area/links/${id}`, label: 'Back to the link' }}
      actions={<PrintLink>Print poster and cards</PrintLink>}
    >
      <div className="ww-screen-only">
        <p>Two sheets of A4: a poster, and eight cards to cut apart. They also print in black and white.</p>
        <ul className="nhsuk-list ww-inline-list">
          {Object.entries(languages).map(([code, { label, tag }]) => (
            <li key={code} lang={tag}>
              <a href={`/area/links/${id}/print?words=${code}`} aria-current={code === language ? 'true' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
        {isDraft ? <p>Nobody has checked this translation yet: have it read before you hand it over.</p> : null}
      </div>
      <Sheets language={language} {...printed} />
      <p className="ww-screen-only">
        <LinkButton href={`/area/links/${id}`} secondary small>
          Back to the link
        </LinkButton>
      </p>
    </Page>
  </Handout>
)

function Sheets({ language, ...printed }: Printed & Readonly<{ language: Language }>) {
  const shell = useShell()
  return (
    <ShellContext value={{ ...shell, language }}>
      <div lang={languages[language].tag} dir={directionOf(language) ?? 'ltr'}>
        <article className="ww-letter ww-poster">
          <Poster {...printed} />
        </article>
        <article className="ww-letter ww-handed-cards">
          {Array.from({ length: 8 }, (_one, place) => (
            <Card key={place} {...printed} />
          ))}
        </article>
      </div>
    </ShellContext>
  )
}

function Poster({ areaName, phone, organisationName, kind, address }: Printed) {
  const say = useSay()
  return (
    <>
      <p className="ww-poster__top">
        <Said text="Is your health making it hard to work?" />
      </p>
      <p className="ww-poster__words">
        <Said text="A Work and Health Coach listens to what stands in the way, makes a plan with you, and helps you get what you need." />
      </p>
      <p className="ww-poster__words">
        <Said text="It is free." /> <Said text="It does not affect your benefits." />{' '}
        <Said text="It is your choice, and you can stop at any time." />
      </p>
      <QrCode address={address} label={say('A code that the camera of a phone reads')} />
      <p className="ww-poster__words">
        <Said text="Point the camera of your phone here, or go to" />
      </p>
      <p className="ww-poster__address">
        <bdi>{shortly(address)}</bdi>
      </p>
      {phone ? (
        <p className="ww-poster__words">
          <Said text="Or ring us: {phone}" with={{ phone }} />
        </p>
      ) : null}
      <p className="ww-poster__end">
        <Said text={givenBy(kind)} with={{ name: organisationName }} />{' '}
        <Said text="We do not tell {name} whether you ask for help." with={{ name: organisationName }} />
        <br />
        <bdi>{areaName}</bdi>
      </p>
    </>
  )
}

function Card({ areaName, phone, address }: Printed) {
  const say = useSay()
  return (
    <section className="ww-handed-card">
      <QrCode address={address} label={say('A code that the camera of a phone reads')} />
      <div>
        <p>
          <strong>
            <Said text="Is your health making it hard to work?" />
          </strong>
        </p>
        <p>
          <Said text="It is free." /> <Said text="Point the camera of your phone here, or go to" />{' '}
          <bdi className="ww-break">{shortly(address)}</bdi>
        </p>
        <p>
          <bdi>{areaName}</bdi>
          {phone ? (
            <>
              {', '}
              <bdi>{phone}</bdi>
            </>
          ) : null}
        </p>
      </div>
    </section>
  )
}

/** An address as somebody types it from paper. */
const shortly = (address: string): string => address.replace(/^https?:\/\//, '')
