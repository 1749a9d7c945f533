import type { App } from '#platform/http/app.ts'
import { languageRoutes } from '#platform/language/routes.tsx'
import { listMemberNames } from '#registers/membership/store.ts'
import type { Template } from '#registers/templates/rules.ts'
import { templateRoutes } from '#registers/templates/routes.tsx'
import { renewedOutsideWords, renewedWords, wantedWords } from '#platform/link/rules.ts'
import { codeTemplate } from '#registers/code/rules.ts'
import { invitedTemplate, newRoleTemplate } from '#registers/joining/rules.ts'
import { ownerTemplate } from '#registers/owner-check/rules.ts'
import { loginRemovedTemplate } from '#registers/own-logins/rules.ts'
import { ownChangeTemplate } from '#registers/own-ways/rules.ts'
import { arrivedTemplate, heldTemplate, receivedTemplate } from '#journey/acknowledgement/rules.ts'
import { askedTemplate } from '#journey/asked-by-link/rules.ts'
import { alertTemplate } from '#journey/alert/rules.ts'
import { changedTemplate } from '#journey/changeover/rules.ts'
import { newsTemplates as copyTemplates } from '#journey/copy/rules.ts'
import { newsTemplates } from '#journey/feedback/rules.ts'
import { noticeTemplates } from '#journey/message/rules.ts'
import { planTemplate } from '#journey/plan-offer/rules.ts'
import { remindTemplate } from '#journey/action-reminder/rules.ts'
import { nudgedTemplate, sentTemplate, shownTemplate, stoppedTemplate } from '#journey/onward-sending/rules.ts'
import { contestedTemplate, inboxTemplate } from '#programme/waits-for-members/rules.ts'
import { nextTemplate } from '#journey/onward-telling/rules.ts'
import { helpTemplate } from '#journey/onward-asking/rules.ts'
import { questionTemplate } from '#journey/question/rules.ts'
import { employeeTemplate, thanksTemplate } from '#journey/asked-by-employer/rules.ts'
import { answeredTemplate } from '#journey/rectification/rules.ts'
import { requestTemplate } from '#journey/request/rules.ts'
import { letterTemplate } from '#journey/support/employer-letter/rules.ts'
import { toldTemplate } from '#journey/support/matter/rules.ts'
import {
  bookedTemplate,
  cancelledTemplate,
  movedTemplate,
  offeredTemplate,
  reminderTemplate,
} from '#journey/telling/rules.ts'
import { solutionRoutes } from '#journey/solution/routes.tsx'

/** Every message whose words an area may write itself, in the order in which people get them. */
export const templates: readonly Template[] = [
  receivedTemplate,
  ...[offeredTemplate, bookedTemplate, movedTemplate, reminderTemplate, cancelledTemplate],
  ...[
    askedTemplate,
    planTemplate,
    shownTemplate,
    remindTemplate,
    helpTemplate,
    nextTemplate,
    changedTemplate,
    toldTemplate,
    noticeTemplates.notice,
    noticeTemplates.words,
    codeTemplate,
    ownChangeTemplate,
    loginRemovedTemplate,
    copyTemplates.ready,
    copyTemplates.longer,
    answeredTemplate,
  ],
  renewedWords,
  ...[arrivedTemplate, heldTemplate, questionTemplate],
  ...Object.values(newsTemplates),
  ...[
    requestTemplate,
    letterTemplate,
    sentTemplate,
    nudgedTemplate,
    stoppedTemplate,
    ownerTemplate,
    employeeTemplate,
    thanksTemplate,
    renewedOutsideWords,
  ],
  ...[invitedTemplate, newRoleTemplate, alertTemplate, inboxTemplate, contestedTemplate, wantedWords],
]

/** Where an area writes the words of its messages, says who has checked those of other languages, and what it suggests. */
export async function writingPages(app: App): Promise<void> {
  await languageRoutes(app)
  await templateRoutes({ templates, names: listMemberNames })(app)
  await solutionRoutes(app)
}
