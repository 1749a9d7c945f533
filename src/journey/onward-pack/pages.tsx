import { dayOf, longDay } from '#platform/dates.ts'
import { Inset, PrintLink, WarningCallout } from '#platform/html/content.tsx'
import { Handout } from '#platform/html/handout.tsx'
import { LinkList, SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import type { Pack } from './rules.ts'

type PackProps = Readonly<{ onward: string; person: string; pack: Pack }>

/** What is handed over, ready to be printed and given to the service or to the person: what they said yes to and nothing else. */
export const HandOverPack = ({ onward, person, pack }: PackProps) => (
  <Handout>
    <Page
      title={`Hand-over to ${pack.service}`}
      caption={person}
      back={{ href: `/onward/${onward}`, label: 'Back to the referral' }}
      actions={<PrintLink />}
      width="reading"
    >
      <SummaryList rows={pack.parts.map(({ label, value }) => ({ label, value }))} />
      <h2 className="nhsuk-heading-m">About this hand-over</h2>
      <SummaryList
        rows={[
          { label: 'From', value: [pack.by, pack.areaName].filter(Boolean).join(', ') },
          { label: 'Phone', value: pack.areaPhone },
          { label: 'Reference', value: pack.reference },
          { label: 'They said yes to this on', value: longDay(dayOf(pack.agreedAt)) },
          { label: 'Made on', value: longDay(dayOf(pack.madeAt)) },
        ]}
      />
      <Inset>
        <p>
          This person agreed that {pack.service} may have what stands here, for this purpose alone. Keep it as safe as
          your own records. They can take their agreement back at any time: we tell you then.
        </p>
      </Inset>
      <div className="ww-screen-only">
        <LinkList
          links={[{ href: `/onward/${onward}/pack.json`, label: 'Download it for another system (FHIR, UK Core)' }]}
        />
      </div>
    </Page>
  </Handout>
)

type NoneProps = Readonly<{ onward: string; person: string; why: string }>

/** Why there is no pack, and the way back. */
export const NoPack = ({ onward, person, why }: NoneProps) => (
  <Page
    title="There is no hand-over pack"
    caption={person}
    back={{ href: `/onward/${onward}`, label: 'Back to the referral' }}
    width="reading"
  >
    <WarningCallout heading="Not now">
      <p>{why}.</p>
    </WarningCallout>
  </Page>
)
