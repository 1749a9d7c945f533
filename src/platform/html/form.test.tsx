import { describe, expect, it } from 'vitest'
import { ButtonForm } from './buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from './choices.tsx'
import { DateField, FileField, TextArea, TextField } from './fields.tsx'
import { Folded, Form, type FormProps } from './form.tsx'
import { shown, waysToReach } from './samples.tsx'

const checked = (html: string) =>
  [...html.matchAll(/<input[^>]*checked=""[^>]*>/g)].map(([box]) => /value="([^"]*)"/.exec(box)?.[1])

describe('a form', () => {
  it('proves that it came from our page and says which version its reader saw', () => {
    const html = shown(<Form action="/plans/1" edits={{ version: 3, now: 'the plan' }} children="x" />)
    expect(html).toContain('action="/plans/1" method="post"')
    expect(html).toContain('<input type="hidden" name="csrf" value="the-token"/>')
    expect(html).toContain('<input type="hidden" name="version" value="3"/>')
    expect(html).not.toContain('the plan')
  })

  it('shows what somebody else saved to a reader who typed on an earlier version', () => {
    const typed = { version: '2', name: 'Typed on the second' }
    const html = shown(
      <Form action="/plans/1" edits={{ version: 3, now: 'Saved as the third' }} typed={typed}>
        <TextField name="name" label="Name" value="Stored" />
      </Form>,
    )
    expect(html).toContain('Saved as the third')
    expect(html).toContain('value="Typed on the second"')
    expect(html).toContain('<input type="hidden" name="version" value="3"/>')
  })

  it('names the draft it is saved under and the place that says so', () => {
    const html = shown(<Form action="/x" draft="plan:1" children="x" />)
    expect(html).toContain('data-draft="plan:1"')
    expect(html).toMatch(/<p[^>]* data-saved="Saved"[^>]* aria-live="polite"/)
  })

  it('sends a single act with its own proof', () => {
    const html = shown(
      <ButtonForm action="/actions/1/done" fields={{ week: '3' }} context="for Priya" children="Done" />,
    )
    expect(html).toMatch(/name="csrf".*name="week" value="3".*Done<span class="nhsuk-u-visually-hidden"> for Priya/)
  })
})

describe('fields that are folded away', () => {
  const shownWith = (state: Pick<FormProps, 'typed' | 'problems'>) =>
    shown(
      <Form action="/x" {...state}>
        <Folded summary="It was earlier" fields={['on', 'time']}>
          <TextField name="time" label="At what time?" />
        </Folded>
      </Form>,
    )

  it('stay folded while they hold nothing and nothing is wrong with them', () => {
    for (const typed of [{}, { time: '', note: 'Spoke' }, { once: 'x' }])
      expect(shownWith({ typed, problems: [{ field: 'note', message: 'Too long' }] })).not.toMatch(/<details[^>]* open/)
  })

  it.each([
    ['holds something', { typed: { 'on-day': '3' } }],
    ['is wrong', { problems: [{ field: 'time', message: 'Enter a time' }] }],
  ])('are open where one of them %s', (_what, state) => {
    expect(shownWith(state)).toMatch(/<details[^>]* open/)
  })
})

describe('nothing that was typed is lost', () => {
  const typed = {
    name: 'Pri',
    words: 'My back',
    'born-day': '31',
    'born-month': '2',
    reach: 'text',
    never: ['phone', 'text'],
    tick: 'yes',
  }

  it('text comes back as it was typed, and not as it was stored', () => {
    const html = shown(
      <Form action="/x" typed={typed}>
        <TextField name="name" label="Name" value="Priya Shah" />
        <TextArea name="words" label="Words" />
        <DateField name="born" label="Born" value="1980-03-31" />
      </Form>,
    )
    expect(html).toMatch(/id="name"[^>]* value="Pri"/)
    expect(html).toContain('>My back</textarea>')
    expect(html).toMatch(/name="born-day"[^>]* value="31"/)
    expect(html).toMatch(/name="born-month"[^>]* value="2"/)
    expect(html).not.toContain('1980')
  })

  it('choices come back as they were made, and a box that was unticked stays unticked', () => {
    const html = shown(
      <Form action="/x" typed={typed}>
        <RadiosFrom name="reach" label="Reach" list={waysToReach} value="phone" />
        <CheckboxesFrom name="never" label="Never" list={waysToReach} />
        <CheckboxesFrom name="unticked" label="Unticked" list={waysToReach} value={['phone']} />
        <Tick name="tick" label="Tick" />
      </Form>,
    )
    expect(checked(html)).toEqual(['text', 'phone', 'text', 'yes'])
  })

  it('what is stored is shown until something is typed', () => {
    const html = shown(
      <Form action="/x">
        <TextField name="name" label="Name" value="Priya Shah" />
        <DateField name="born" label="Born" value="1980-03-31" />
        <RadiosFrom name="reach" label="Reach" list={waysToReach} value="phone" />
        <SelectFrom name="again" label="Again" list={waysToReach} value="text" />
      </Form>,
    )
    expect(html).toContain('value="Priya Shah"')
    expect(html).toMatch(/name="born-month"[^>]* value="3"/)
    expect(checked(html)).toEqual(['phone'])
    expect(html).toContain('<option value="text" selected="">')
  })
})

describe('a field', () => {
  it('says beside itself what is wrong, and is announced with it', () => {
    const html = shown(
      <Form
        action="/x"
        problems={[
          { field: 'reach', message: 'Select how' },
          { field: 'note', message: 'Choose a file' },
        ]}
      >
        <RadiosFrom name="reach" label="Reach" list={waysToReach} />
        <FileField name="note" label="Note" />
      </Form>,
    )
    expect(html).toMatch(/<fieldset[^>]* aria-describedby="reach-radios--error-message"/)
    expect(html).toMatch(/id="reach-radios--error-message"[^]*?Select how/)
    expect(html).toMatch(/id="reach"[^>]*type="radio"/)
    expect(html).toMatch(/id="note"[^>]* aria-describedby="note--error-message"/)
  })

  it.each([
    ['born', 3],
    ['born-day', 1],
    ['born-year', 1],
  ])('a date with a problem in %s marks the parts that are wrong', (field, parts) => {
    const html = shown(
      <Form
        action="/x"
        problems={[{ field, message: 'Enter a real date' }]}
        children={<DateField name="born" label="Born" />}
      />,
    )
    expect(html.match(/nhsuk-input--error/g)).toHaveLength(parts)
    expect(html).toMatch(/error-message"[^]*?Enter a real date/)
    expect(html).toMatch(/<input[^>]* id="born"[^>]* name="born-day"/)
  })

  it('offers a code that has ended only where it was chosen before', () => {
    const offered = (value?: 'fax') =>
      shown(<Form action="/x" children={<RadiosFrom name="reach" label="Reach" list={waysToReach} value={value} />} />)
    expect(offered()).not.toContain('Fax')
    expect(offered('fax')).toContain('Fax')
  })

  it('asks what a choice reveals without waiting for script', () => {
    const more = { text: <TextField name="mobile" label="Mobile number" /> }
    const html = shown(
      <Form action="/x" children={<RadiosFrom name="reach" label="Reach" list={waysToReach} reveal={more} />} />,
    )
    expect(html).toMatch(/nhsuk-radios__conditional[^]*name="mobile"/)
  })
})
