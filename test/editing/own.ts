import type { TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import type { Editable } from './forms.ts'

const ofMyself = (page: string) => async (app: TestApp) => ({ page, person: await aPerson(app) })

/** Forms of a participant who has them open on two devices. */
export const ownForms: Readonly<Record<string, Editable>> = {
  '/my/passport/introduction': {
    prepare: ofMyself('/my/passport/introduction'),
    mine: { introduction: 'I work best in the morning' },
    theirs: { introduction: 'I work best at night' },
    shows: { theirs: 'I work best at night', mine: 'I work best in the morning' },
    slip: { introduction: 'x'.repeat(2001) },
  },
  '/my/details/times': {
    prepare: ofMyself('/my/details/times'),
    mine: { bestTime: 'My mornings' },
    theirs: { bestTime: 'Their evenings' },
    shows: { theirs: 'Their evenings', mine: 'My mornings' },
    slip: { bestTime: 'x'.repeat(600) },
  },
  '/my/details/needs': {
    prepare: ofMyself('/my/details/needs'),
    mine: { accessNote: 'A chair with arms' },
    theirs: { accessNote: 'No bright light' },
    shows: { theirs: 'No bright light', mine: 'A chair with arms' },
    slip: { accessNote: 'x'.repeat(600) },
  },
  '/my/details/language': {
    prepare: ofMyself('/my/details/language'),
    mine: { language: 'Polish' },
    theirs: { language: 'Urdu' },
    shows: { theirs: 'Urdu', mine: 'Polish' },
    slip: { language: 'x'.repeat(100) },
  },
  '/my/details/ways/:means': {
    prepare: async (app) => {
      // By a phone nobody signs in, so that what is said of it on one device signs nobody out on the other.
      const person = await aPerson(app, { means: [{ kind: 'telephone', value: '01632 960004' }] })
      const { rows } = await app.owner.query('select id from people.means where person = $1', [person])
      return { page: `/my/details/ways/${rows[0].id}`, person }
    },
    mine: { use: 'not-wanted' },
    theirs: { use: 'not-safe' },
    shows: { theirs: 'No, it is not safe', mine: /value="not-wanted"[^>]*checked|checked[^>]*value="not-wanted"/ },
    slip: { use: 'perhaps' },
  },
}
