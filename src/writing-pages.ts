import type { App } from '#platform/http/app.ts'
import { languageRoutes } from '#platform/language/routes.tsx'
import { listMemberNames } from '#registers/membership/store.ts'
import type { Template } from '#registers/templates/rules.ts'
import { templateRoutes } from '#registers/templates/routes.tsx'
import { arrivedTemplate, heldTemplate, receivedTemplate } from '#journey/acknowledgement/rules.ts'
import { changedTemplate } from '#journey/changeover/rules.ts'
import { newsTemplates } from '#journey/feedback/rules.ts'
import {
  bookedTemplate,
  cancelledTemplate,
  movedTemplate,
  offeredTemplate,
  reminderTemplate,
} from '#journey/telling/rules.ts'

/** Every message whose words an area may write itself, in the order in which people get them. */
const templates: readonly Template[] = [
  receivedTemplate,
  ...[offeredTemplate, bookedTemplate, movedTemplate, reminderTemplate, cancelledTemplate],
  changedTemplate,
  ...[arrivedTemplate, heldTemplate],
  ...Object.values(newsTemplates),
]

/** Where an area writes the words of its messages, and says who has checked those of other languages. */
export async function writingPages(app: App): Promise<void> {
  await languageRoutes(app)
  await templateRoutes({ templates, names: listMemberNames })(app)
}
