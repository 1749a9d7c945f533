import { ErrorSummary as Summary } from 'nhsuk-react-components'
import type { Problem } from '#platform/form/rules.ts'
import { fieldId } from './field.tsx'

/** What stands in the way of a form, at the top of its page, each problem linked to its field. */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  return (
    <Summary tabIndex={-1} data-focus>
      <Summary.Title>There is a problem</Summary.Title>
      <Summary.List>
        {problems.map(({ field, message }) => (
          <Summary.ListItem key={`${field} ${message}`} href={`#${fieldId(field)}`}>
            {message}
          </Summary.ListItem>
        ))}
      </Summary.List>
    </Summary>
  )
}
