import { describe, expect, it, vi } from 'vitest'
import { TextField } from './fields.tsx'
import { FormPage, Page } from './page.tsx'
import { aCoach, aStranger, everyKindOfPage, shown } from './samples.tsx'
import { quickExit } from './shell.tsx'

const pages = Object.entries(everyKindOfPage)
const hostsIn = (html: string) =>
  [...html.matchAll(/(?:https?:)?\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+[^"'\s<)]*/gi)].map(([address]) => address)

describe('every page', () => {
  it.each(pages)('%s loads nothing from another host; a link out is only the way to leave quickly', (_, html) => {
    expect(hostsIn(html).filter((address) => address !== quickExit)).toEqual([])
    expect(html).not.toMatch(/(?:src|action|formaction)="(?:https?:)?\/\//i)
  })

  it.each(pages)('%s carries no NHS logo and does not call itself a page of NHS England', (_, html) => {
    expect(html).not.toMatch(/nhsuk-(?:header|footer)|nhsuk-logo|© ?NHS|NHS\.UK|Frutiger/i)
  })

  it.each(pages)('%s carries no inline style and no inline script', (_, html) => {
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/i)
    expect([...html.matchAll(/<script[^>]*>([^<]*)/g)].map(([, inside]) => inside)).toEqual([''])
  })

  it.each(pages)('%s has a language, one heading, a way past the header and a place it leads to', (_, html) => {
    expect(html).toMatch(/^<!doctype html><html lang="en"/)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('href="#maincontent"')
    expect(html).toContain('<main id="maincontent"')
  })

  it('renders without a warning from React or the design system', async () => {
    const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
    vi.resetModules()
    await import('./samples.tsx')
    expect(said.flatMap((one) => one.mock.calls)).toEqual([])
  })

  it.each(pages)('%s uses each id once', (_, html) => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
  })
})

describe('a page and what stands around it', () => {
  it('names itself and its service', () => {
    expect(shown(<Page title="My plan">x</Page>)).toContain('<title>My plan – WorkWell</title>')
  })

  it('says Error in its title when a form is wrong', () => {
    const html = shown(
      <Page title="Your name" problems={[{ field: 'name', message: 'Enter your name' }]} children="x" />,
    )
    expect(html).toContain('<title>Error: Your name – WorkWell</title>')
  })

  it('leads from each problem to its field', () => {
    const html = shown(
      <FormPage title="Your name" action="/refer/name" problems={[{ field: 'name', message: 'Enter your name' }]}>
        <TextField name="name" label="Full name" />
      </FormPage>,
    )
    expect(html).toContain('<a href="#name">Enter your name</a>')
    expect(html).toMatch(/<input[^>]* id="name"/)
    expect(html).toMatch(/<input[^>]* aria-describedby="name--error-message"/)
    expect(html).toMatch(/id="name--error-message"[^]*?Enter your name/)
  })

  it('shows what people wrote as text, never as markup', () => {
    const written = '<script>alert("x")</script>'
    const html = shown(
      <FormPage title={written} action="/x" typed={{ name: written }} caption={written}>
        <TextField name="name" label={written} />
      </FormPage>,
      aCoach({ flash: { text: written }, notices: [written] }),
    )
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
  })

  it('can be left quickly by a stranger, and tells them whom to ring', () => {
    const html = shown(<Page title="Start">x</Page>, aStranger())
    expect(html).toMatch(/<a href="\/in\/coast\/leave" rel="nofollow noreferrer" class="ww-exit__way"/)
    expect(html).toContain(`data-quick-exit="${quickExit}"`)
    expect(html).toContain('href="tel:999"')
    expect(html).toContain('href="tel:01632960001"')
    expect(html).toContain('does not affect your benefits')
  })

  it('lets every number in what an area says about danger be rung, and nothing else', () => {
    const crisisText = 'Open 24/7. Call 999, NHS 111, Samaritans on 116 123 or 0300 123 4567. Text 85258.'
    const stranger = aStranger()
    const html = shown(<Page title="Start">x</Page>, {
      ...stranger,
      area: { code: 'coast', name: 'Coast', crisisText },
    })
    const rung = [...html.matchAll(/href="tel:(\d+)"[^>]*>([^<]+)/g)].map(([, number, words]) => [number, words])

    expect(rung).toEqual([
      ['999', '999'],
      ['111', '111'],
      ['116123', '116 123'],
      ['03001234567', '0300 123 4567'],
    ])
  })

  it('says which role a coach is working in and how to change it', () => {
    const html = shown(<Page title="My day">x</Page>, aCoach())
    expect(html).toMatch(/Work and Health Coach<span class="[^"]*">, Northgate Trust/)
    expect(html).toContain('href="/memberships"')
    expect(html).toContain('action="/sign-out" method="post"')
    expect(html).not.toContain(quickExit)
  })

  it('never puts the name of a person who is looked for into an address', () => {
    const html = shown(<Page title="My day">x</Page>, aCoach())
    expect(html).toMatch(/<form[^>]* action="\/people\/search" method="post">.*name="search"/)
  })

  it('leaves the slash key alone for a reader who has switched the shortcut off', () => {
    expect(shown(<Page title="My day">x</Page>, aCoach())).toMatch(/aria-keyshortcuts="\/"[^>]* data-search/)
    expect(shown(<Page title="My day">x</Page>, aCoach({ shortcut: false }))).not.toMatch(/keyshortcuts|data-search/)
  })

  it('offers no search to those who may not look people up', () => {
    expect(shown(<Page title="Evidence">x</Page>, aCoach({ search: false }))).not.toContain('/people/search')
  })

  it('says what was just done and takes it back', () => {
    const html = shown(
      <Page title="My day">x</Page>,
      aCoach({ flash: { text: 'Call logged', undo: { action: '/undo' } } }),
    )
    expect(html).toMatch(/role="status".*Call logged.*action="\/undo".*Undo/)
  })

  it('runs from right to left in a language that does', () => {
    expect(shown(<Page title="x">x</Page>, aStranger({ language: 'ur' }))).toContain('<html lang="ur" dir="rtl"')
  })

  it('asks whether a signed-in reader is still there, and nobody else', () => {
    expect(shown(<Page title="x">x</Page>, aCoach())).toContain('data-session-seconds="1800"')
    expect(shown(<Page title="x">x</Page>, aStranger())).not.toMatch(/data-session-seconds|<dialog/)
  })
})
