import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { FormPage } from '#platform/html/page.tsx'
import {
  type Readiness,
  readinessCodes,
  readinessInWords,
  readinessItems,
  readinessStates,
} from '#journey/support/job-search/rules.ts'
import type { Whose } from './search.tsx'

type Props = FormState & Whose & Readonly<{ readiness: Readiness; version: number }>

/** What has to be there before a job begins, gone through together. */
export const ReadyToStart = ({ episode, person, readiness, version, ...state }: Props) => (
  <FormPage
    {...state}
    title="Ready to start"
    caption={person.name}
    lede="Go through it together. Leave open what you have not talked about. Nobody has to show you papers: the employer looks at them."
    back={{ href: `/episodes/${episode}/job-search` }}
    action={`/episodes/${episode}/job-search/readiness`}
    edits={{ version, now: <p>Saved meanwhile: {readinessInWords(readiness)}.</p> }}
    width="reading"
  >
    {readinessCodes.map((code) => (
      <RadiosFrom
        key={code}
        name={code}
        label={readinessItems[code].label}
        hint={readinessItems[code].hint}
        list={readinessStates}
        value={readiness[code]}
        inline
      />
    ))}
    <Button>Save</Button>
  </FormPage>
)
