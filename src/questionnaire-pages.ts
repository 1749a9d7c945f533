import type { App } from '#platform/http/app.ts'
import { findNewestEpisode } from '#journey/episode/store.ts'
import { concernFromAnswer } from '#journey/safety/store.ts'
import { askedByLinkRoutes } from '#journey/asked-by-link/routes.tsx'
import { listAskedBefore } from '#registers/own-questions/store.ts'
import { packRoutes } from '#registers/packs/routes.tsx'
import { paperScoreRoutes } from '#registers/paper-scores/routes.tsx'
import { questionnairesRoutes } from '#registers/questionnaires/routes.tsx'
import { trendRoutes } from '#registers/trend/routes.tsx'

const later = { episodeOf: findNewestEpisode, alert: concernFromAnswer, askedBefore: listAskedBefore }

/** Questionnaires of people: asked, typed in from paper, and looked at over time. */
export async function questionnairePages(app: App): Promise<void> {
  await packRoutes(app)
  await questionnairesRoutes(app, later)
  await paperScoreRoutes(later)(app)
  await trendRoutes(app)
  await askedByLinkRoutes(app)
}
