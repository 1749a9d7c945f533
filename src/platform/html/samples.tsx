import type { ReactElement } from 'react'
import { Beside } from './arrangement.tsx'
import { Button, ButtonForm, LinkButton } from './buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from './choices.tsx'
import { Card, Panel, PrintLink, WarningCallout } from './content.tsx'
import { DateField, TextArea, TextField } from './fields.tsx'
import { SummaryList, Timeline } from './lists.tsx'
import { FormPage, Page } from './page.tsx'
import { renderPage } from './render.tsx'
import type { Shell } from './shell.tsx'
import { type Column, Table } from './table.tsx'

const assets = {
  stylesheet: '/assets/workwell.css',
  mirrored: '/assets/workwell-rtl.css',
  script: '/assets/workwell.js',
  icon: '/assets/mark.svg',
}

/** What stands around a page a stranger sees. */
export function aStranger(over: Partial<Shell> = {}): Shell {
  return {
    layout: 'public',
    service: 'WorkWell',
    language: 'en',
    draftLanguage: false,
    here: '/',
    path: '/',
    today: '2026-03-04',
    csrf: 'the-token',
    shownAt: '1772618400.shown',
    area: { code: 'coast', name: 'Coast and Valley', phone: '01632 960 001' },
    actor: undefined,
    participant: undefined,
    signsOut: false,
    navigation: [],
    search: false,
    notices: ['Made-up people. Nothing here is real.'],
    flash: undefined,
    sessionSeconds: undefined,
    assets,
    ...over,
  }
}

/** What stands around a page a coach sees. */
export function aCoach(over: Partial<Shell> = {}): Shell {
  return aStranger({
    layout: 'staff',
    actor: { name: 'Amina Okafor', role: 'Work and Health Coach', organisation: 'Northgate Trust', several: true },
    navigation: [{ href: '/day', label: 'My day', count: 7, current: 'page' }],
    search: true,
    sessionSeconds: 1800,
    ...over,
  })
}

export const waysToReach = {
  phone: { label: 'Phone call' },
  text: { label: 'Text message', hint: 'We never say what it is about' },
  fax: { label: 'Fax', until: '2020-01-01' },
} as const

type Waiting = Readonly<{ name: string; days: number }>

export const waitingColumns: readonly Column<Waiting>[] = [
  { key: 'name', label: 'Person', names: true, sortable: true, cell: ({ name }) => <a href="/people/1">{name}</a> },
  { key: 'days', label: 'Days waiting', numeric: true, sortable: true, cell: ({ days }) => days },
]

const form = (
  <FormPage title="How to reach you" back={{ href: '/' }} action="/refer/reach" draft="refer">
    <TextField name="name" label="Full name" />
    <DateField name="born" label="Date of birth" birthday />
    <RadiosFrom
      name="reach"
      label="How should we contact you?"
      list={waysToReach}
      reveal={{ phone: <Button>Now</Button> }}
    />
    <CheckboxesFrom name="never" label="How should we never contact you?" list={waysToReach} />
    <TextArea name="words" label="In your own words" maximum={500} />
    <Button>Continue</Button>
  </FormPage>
)

const record = (
  <Page title="Priya Shah" breadcrumbs={[{ href: '/day', label: 'My day' }]} actions={<PrintLink />}>
    <WarningCallout heading="Text only">
      <p>Never ring the house.</p>
    </WarningCallout>
    <Beside beside={<SummaryList compact rows={[{ label: 'Goal', value: 'Back to four days' }]} />}>
      <Card heading="What happened">
        <Timeline
          happenings={[{ key: '1', what: 'Rang', when: 'yesterday 15:10', by: 'Amina Okafor' }]}
          empty="Nothing yet"
        />
      </Card>
      <ButtonForm action="/undo">Withdraw</ButtonForm>
    </Beside>
    <Table
      caption="Waiting"
      columns={waitingColumns}
      rows={[{ name: 'Priya', days: 3 }]}
      rowKey={(row) => row.name}
      empty="None"
    />
  </Page>
)

const done = (
  <Page title="We have your referral" heading={false}>
    <Panel heading="We have your referral" />
    <LinkButton href="/">Go back</LinkButton>
  </Page>
)

/** One page of each kind, as it goes to the reader. */
export const everyKindOfPage: Readonly<Record<string, string>> = {
  'a form': renderPage(form, aStranger()),
  'a confirmation': renderPage(done, aStranger({ flash: { text: 'Sent', undo: { action: '/undo' } } })),
  'a record': renderPage(record, aCoach()),
}

/** A page as its reader gets it. */
export const shown = (page: ReactElement, shell = aStranger()) => renderPage(page, shell)
