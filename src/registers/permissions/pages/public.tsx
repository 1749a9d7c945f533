import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { Wording } from '#registers/wording/rules.ts'
import { Paragraphs } from './asking.tsx'

/** For everybody who is afraid to ask for help because of it. */
export const Benefits = () => (
  <Page
    title="This does not affect your benefits"
    lede="WorkWell is free and it is your choice. Your benefits stay as they are, whatever you decide."
  >
    <h2 className="nhsuk-heading-m">
      <Said text="What you can count on" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>
        <Said text="You do not have to be on a benefit to use WorkWell, and being on one does not keep you out." />
      </li>
      <li>
        <Said text="If you say no, miss an appointment or stop, nobody reduces or stops a benefit because of it." />
      </li>
      <li>
        <Said text="WorkWell makes no decision about benefits and keeps no record of sanctions." />
      </li>
      <li>
        <Said text="What you tell your coach is not used to decide whether you are fit for work or how much you receive." />
      </li>
    </ul>
    <h2 className="nhsuk-heading-m">
      <Said text="What Jobcentre Plus learns" />
    </h2>
    <p>
      <Said text="If a work coach referred you, they may hear that the referral arrived. They hear nothing more unless you agree to it. Whether you came, what you said and why you stopped never goes to them." />
    </p>
    <h2 className="nhsuk-heading-m">
      <Said text="If your situation changes" />
    </h2>
    <p>
      <Said text="When you start work or your hours change, what you are paid can change what you receive, as it always does. Your coach can help you find independent advice before you decide anything." />
    </p>
  </Page>
)

type PrivacyProps = Readonly<{
  area: Readonly<{ area: string; name: string; phone: string | null; email: string | null }>
  notice: Wording
}>

/** The privacy notice of an area, as it stands today. */
export function PrivacyNotice({ area, notice }: PrivacyProps) {
  const say = useSay()
  return (
    <Page title="How we use what you tell us" caption={area.name} back={{ href: `/in/${area.area}` }}>
      <Paragraphs text={notice.text} />
      <h2 className="nhsuk-heading-m">
        <Said text="Ask us about it" />
      </h2>
      {area.phone === null ? null : (
        <p>
          <Said text="Call us: {phone}" with={{ phone: <PhoneLink number={area.phone} /> }} />
        </p>
      )}
      {area.email === null ? null : (
        <p>
          <Said text="Write to {email}" with={{ email: <a href={`mailto:${area.email}`}>{area.email}</a> }} />
        </p>
      )}
      <p>
        {say('Version {version} of {day}.', { version: `${notice.version}`, day: say.day(notice.from_on) })}{' '}
        <a href="/benefits">
          <Said text="Using WorkWell does not affect your benefits." />
        </a>
      </p>
      <p>
        <a href={`/in/${area.area}/your-record`}>
          <Said text="How long we keep your record, and what you can ask" />
        </a>
      </p>
    </Page>
  )
}
