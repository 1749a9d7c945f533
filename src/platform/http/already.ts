import type { Answer, Outcome } from './answer.ts'

type Asked = Readonly<{ read(what: string, of: object): Promise<void>; flash(text: string): void }>
type About = Readonly<{ page: string; person: string; subject: string; to: string; words?: string }>

/** Leads whoever sent the same before to how it stands: nothing is done twice, and nothing is wrong. */
export async function alreadySaved(
  request: Asked,
  reply: Answer,
  { page, person, subject, to, words = 'Already saved.' }: About,
): Promise<Outcome> {
  await request.read(page, { person, subject })
  request.flash(words)
  return reply.redirect(to, 303)
}
