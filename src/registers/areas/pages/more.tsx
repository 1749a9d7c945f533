import { CardGrid } from '#platform/html/arrangement.tsx'
import { Card, EmptyState } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { useShell } from '#platform/html/shell.tsx'

/** Everything this reader finds that has no room beside the rest at the top of every page, under its headings. */
export function More() {
  const { navigation } = useShell()
  const others = navigation.filter(({ under }) => under !== undefined)
  return (
    <Page title="More" lede="What you need less often than what stands at the top of every page.">
      {others.length === 0 ? <EmptyState>Everything you need stands at the top of every page.</EmptyState> : null}
      <CardGrid>
        {[...Map.groupBy(others, ({ under }) => under ?? '')].map(([heading, those]) => (
          <Card key={heading} heading={heading}>
            <ul className="nhsuk-list">
              {those.map(({ href, label, says }) => (
                <li key={href}>
                  <a href={href}>{label}</a>
                  {says === undefined ? null : <div className="nhsuk-hint nhsuk-u-margin-bottom-2">{says}</div>}
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </CardGrid>
    </Page>
  )
}
