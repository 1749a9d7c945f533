import type { ReactNode } from 'react'
import { Beside, FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Details } from '#platform/html/content.tsx'
import { SideList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { importedHistory } from '#programme/counting/rules.ts'
import { ruleInWords } from '#programme/masking/rules.ts'
import {
  lastedColumns,
  listAddress,
  type MonthState,
  placeColumns,
  type Section,
  sections,
  workColumns,
} from '#programme/monitoring/rules.ts'
import { sharesOf } from '#programme/published/rules.ts'
import type { Release } from '#programme/release/rules.ts'
import { Cards, Crossed, SideBySide } from './breakdown.tsx'
import type { Opens } from './number.tsx'
import { Happened, Measures, Published, Recorded } from './parts.tsx'
import { StaffAndMoney } from './staff.tsx'
import { State } from './state.tsx'

export type MonthProps = Readonly<{
  release: Release
  /** As in the address, 2026-01, and in words. */
  month: Readonly<{ value: string; label: string }>
  months: Readonly<Record<string, { label: string }>>
  /** Whose people are counted: the area, or the organisation. */
  reach: string
  /** Whether the people behind a number may be listed. */
  opens: boolean
  /** Whether this reader enters what cannot be counted. */
  enters: boolean
  unfinished: boolean
  state: MonthState
}>

// Checked: the keys of a list are its codes.
const sectionCodes = Object.keys(sections) as Section[]

/** A month in numbers; each opens the people behind it for those who may see them. */
export const Month = ({
  release,
  month: { value: month, label: named },
  months,
  reach,
  unfinished,
  state,
  ...may
}: MonthProps) => {
  const open: Opens = (item, ...parts) => (may.opens ? listAddress(month, item, parts) : undefined)
  const as = state.shows === 'signed' && state.both ? '&as=signed' : ''
  return (
    <Page
      title="Monitoring"
      caption={`${reach}, ${named}`}
      lede="Counted from the record. Only planned staff and money are entered, and marked so."
    >
      <FilterForm action="/monitoring" label="Choose a month">
        <SelectFrom name="month" label="Month" list={months} empty={false} value={month} />
      </FilterForm>
      <State state={state} release={release} month={month} unfinished={unfinished} />
      <HowCounted below={release.below} />
      <ListBar count={named} download={`/monitoring.csv?month=${month}${as}`} print>
        <a href={`/monitoring.json?month=${month}${as}`}>Download as JSON</a>
        <a href="/monitoring/dictionary.json">What the files mean</a>
      </ListBar>
      <Beside side="left" sticky beside={<Contents />}>
        {sectionCodes.map((section) => (
          <section key={section} id={section} aria-labelledby={`${section}-heading`}>
            <h2 id={`${section}-heading`}>{sections[section].label}</h2>
            {section === 'staff' ? (
              <StaffAndMoney entered={release.entered} month={month} {...may} />
            ) : (
              contentOf(section, release, open)
            )}
          </section>
        ))}
      </Beside>
    </Page>
  )
}

const Contents = () => (
  <SideList
    label="On this page"
    parts={sectionCodes.map((section) => ({ href: `#${section}`, label: sections[section].label }))}
  />
)

const HowCounted = ({ below }: { below: number }) => (
  <Details summary="How this is counted">
    <p>{ruleInWords(below)}</p>
    <p>{importedHistory}</p>
    <p>“Not recorded” stands wherever nobody wrote something down. It is never left out and never guessed.</p>
  </Details>
)

/** What stands in each part of the page. A part added to the rules without its content does not compile. */
function contentOf(section: Exclude<Section, 'staff'>, release: Release, opens: Opens): ReactNode {
  const of = { release, opens }
  const cards = <Cards shown={sections[section].breakdowns} {...of} />
  const contents: Readonly<Record<typeof section, ReactNode>> = {
    happened: <Happened {...of} />,
    started: cards,
    referred: cards,
    contacts: (
      <>
        <Crossed
          crossing="appointment-mode-result"
          caption="Appointments, by result and how they are held"
          first="Result"
          {...of}
        />
        {cards}
      </>
    ),
    ended: (
      <>
        <Crossed crossing="end-reason-when" caption="Left early, by reason" first="Reason" {...of} />
        {cards}
      </>
    ),
    later: <Later {...of} />,
    measures: <Measures {...of} />,
    places: (
      <>
        {Object.entries(placeColumns).map(([place, { label, columns }]) => (
          <SideBySide key={place} caption={label} first="Name" columns={columns} empty="Nobody was counted." {...of} />
        ))}
        {cards}
      </>
    ),
    published: <Published shares={sharesOf(release)} />,
    recorded: <Recorded {...of} />,
  }
  return contents[section]
}

const Later = (of: Readonly<{ release: Release; opens: Opens }>) => (
  <>
    <SideBySide caption="Work" first="Answer" columns={workColumns} empty="Nobody was counted." {...of} />
    <SideBySide
      caption="Whether work has lasted"
      first="Answer"
      columns={lastedColumns}
      empty="Nobody was counted."
      {...of}
    />
  </>
)
