import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'

/** How far everybody can use the product, what is known not to work, and where to say so. */
export const Accessibility = () => (
  <Page title="Accessibility statement" width="reading">
    <p>
      <Said text="This service is meant to be used by everybody: with a keyboard alone, with a screen reader, by voice, on a small phone and at 400% zoom. Its public pages work without JavaScript." />
    </p>
    <h2 className="nhsuk-heading-m">
      <Said text="How accessible it is" />
    </h2>
    <p>
      <Said text="It is built to the Web Content Accessibility Guidelines version 2.2, level AA. The pages of one person’s whole way through the service are checked by machine with every change. A full check by people, with the assistive technology they use, has not been made yet, so we do not claim that the service complies in every part." />
    </p>
    <h2 className="nhsuk-heading-m">
      <Said text="If something does not work for you" />
    </h2>
    <p>
      <Said text="Tell the service in your area: its telephone number and email address stand on its first page. You can ask for information in large print, easy read, audio or another language, and somebody can fill in any form with you." />
    </p>
    <p>
      <Said text="If you are not happy with the answer, you can ask the Equality Advisory and Support Service for help: 0808 800 0082." />
    </p>
  </Page>
)

type Listed = Readonly<{ area: string; name: string }>

/** What is kept about people, why, and where each area's own notice stands. */
export const Privacy = ({ areas }: { areas: readonly Listed[] }) => (
  <Page title="Privacy" width="reading">
    <p>
      <Said text="What you tell the service is kept in one record, so that nobody asks you twice. It is used to help you stay in or get back to work, and for nothing that you were not told of." />
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>
        <Said text="You say who may be told what, and you can change your mind at any time." />
      </li>
      <li>
        <Said text="Every time somebody opens your record it is written down who it was and when." />
      </li>
      <li>
        <Said text="Nothing you say here is used to decide about benefits." />
      </li>
    </ul>
    <p>
      <Said text="This site keeps one cookie for your visit, or for your session when you sign in, and one for the language you choose. They hold a random number and a language, nothing about you, and no other company’s page or picture is loaded." />
    </p>
    {areas.length === 0 ? null : (
      <>
        <h2 className="nhsuk-heading-m">
          <Said text="The privacy notice of your area" />
        </h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          {areas.map(({ area, name }) => (
            <li key={area}>
              <a href={`/in/${area}/privacy`}>
                <bdi>{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </>
    )}
  </Page>
)
