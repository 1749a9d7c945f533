import { ErrorSummary as Summary } from 'nhsuk-react-components'
import type { Problem } from '#platform/form/rules.ts'
import { fieldId } from './field.tsx'
import { useSay } from './say.tsx'

/** What stands in the way of a form, at the top of its page, each problem linked to its field. */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  const say = useSay()
  if (problems.length === 0) return null
  return (
    <Summary tabIndex={-1} data-focus>
      <Summary.Title>{say('There is a problem')}</Summary.Title>
      <Summary.List>
        {problems.map(({ field, message }) => (
          <Summary.ListItem key={`${field} ${message}`} href={`#${fieldId(field)}`}>
            {say(message)}
          </Summary.ListItem>
        ))}
      </Summary.List>
    </Summary>
  )
}
