import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import { versionedButtons } from './editing/buttons.ts'
import { filledIn } from './editing/filled.ts'
import { type Editable, editableForms } from './editing/forms.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const entered = (given: Editable['theirs']) => (typeof given === 'function' ? given(app) : (given ?? {}))

/** Two people have the same form open, and the first of them has saved. */
async function changedMeanwhile(form: Editable) {
  const { page, action = page, person } = await form.prepare(app)
  const reader = (part: keyof TestApp['cast']) => (person ? app.asParticipant(person) : app.as(app.cast[part]))
  const second = await reader(form.second ?? 'coach')
  const first = await reader(form.first ?? 'otherCoach')
  const seen = filledIn((await second.open(page)).html, action)
  const theirs = filledIn((await first.open(page)).html, action)
  if (form.meanwhile) await form.meanwhile(first, page, app)
  else expect((await first.send(action, { ...theirs, ...entered(form.theirs) })).status).toBe(303)
  return { second, seen, action, mine: entered(form.mine) }
}

describe('What several people may change', () => {
  it('is known here, form by form', () => {
    const versioned = app.product.lines.filter(({ rule }) => rule.form !== undefined && 'version' in rule.form)

    expect(versioned.map(({ path }) => path).toSorted()).toEqual(
      [...Object.keys(editableForms), ...Object.keys(versionedButtons)].toSorted(),
    )
  })
})

describe.each(Object.entries(editableForms))('At %s whoever saves second', (_path, form) => {
  it('sees what is there now beside what they entered, and can then save', async () => {
    const { second, seen, action, mine } = await changedMeanwhile(form)

    const clash = await second.send(action, { ...seen, ...mine })
    expect(clash.status).toBe(409)
    expect(clash.html).toContain(form.shows.theirs)
    expect(clash.html).toMatch(form.shows.mine)
    if (form.final) return
    expect(clash.text).toContain('Somebody changed this while you were writing')
    expect((await second.send(action, { ...filledIn(clash.html, action), ...mine })).status).toBe(303)
  })

  it('sees it just the same after a slip of their own', async () => {
    const { second, seen, action, mine } = await changedMeanwhile(form)

    const slip = await second.send(action, { ...seen, ...mine, ...form.slip })
    expect(slip.status).toBe(422)
    expect(slip.html).toContain(form.shows.theirs)
  })
})

describe.each(Object.entries(versionedButtons))('The button at %s', (_path, prepare) => {
  it('does nothing on a page that is older than the record, and says so', async () => {
    const manager = await app.as(app.cast.manager)
    const pressed = await manager.sendAndFollow(await prepare(app, manager), { version: '0' })

    expect(pressed.text).toMatch(/Somebody (has just )?(changed|decided) this/)
  })
})
