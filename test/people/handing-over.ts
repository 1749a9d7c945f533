import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'

/** What tells one state of an episode from another. */
async function versionOf(app: TestApp, episode: string): Promise<string> {
  const query = 'select version from episode.standing where episode = $1'
  const { rows } = await app.owner.query<{ version: number }>(query, [episode])
  return `${rows[0]?.version ?? 0}`
}

type Between = Readonly<{ from: Member; to: Member }>

/** Somebody is offered to another provider; gives the package. */
export async function aHandover(app: TestApp, episode: string, also: Fields = {}, between?: Between) {
  const { from, to } = between ?? { from: app.cast.manager, to: app.cast.providerManager }
  const id = newId()
  const given = {
    id,
    provider: to.organisation,
    reason: 'place',
    agreed: 'yes',
    version: await versionOf(app, episode),
  }
  const sent = await (await app.as(from)).send(`/episodes/${episode}/handover`, { ...given, ...also })
  return { id, sent }
}

/** Somebody was offered to another provider, which accepted them. */
export async function handedOver(app: TestApp, episode: string, between?: Between): Promise<void> {
  const { id } = await aHandover(app, episode, {}, between)
  const taker = await app.as(between?.to ?? app.cast.providerManager)
  const { status, text } = await taker.send(`/handovers/${id}`, { answer: 'accepted' })
  if (status >= 400) throw new Error(text)
}
