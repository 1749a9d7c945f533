import { wantedKind } from '#platform/link/rules.ts'
import { renewedKind } from '#platform/notify/rules.ts'
import { codeKind } from '#registers/code/rules.ts'
import { invitedKind } from '#registers/joining/rules.ts'
import { changedKind } from '#registers/own-ways/rules.ts'
import { ownerKind } from '#registers/owner-check/rules.ts'
import { noteKind } from '#journey/acknowledgement/rules.ts'
import { alertKind } from '#journey/alert/rules.ts'
import { employeeKind, thanksKind } from '#journey/asked-by-employer/rules.ts'
import { newsTemplates } from '#journey/feedback/rules.ts'
import { nudgedKind, sentKind, stoppedKind } from '#journey/onward-sending/rules.ts'
import { questionKind } from '#journey/question/rules.ts'
import { requestKind } from '#journey/request/rules.ts'
import { letterKind } from '#journey/support/three-way/rules.ts'

const toReferrer = 'to whoever referred them'
const toService = 'to the local service'
const toOurselves = 'to our own team'

// By what a message is, to whom one about somebody goes that does not go to a way which is known to be theirs.
const othersTold: Readonly<Record<string, string>> = {
  ...{ [noteKind]: toReferrer, [questionKind]: toReferrer },
  ...Object.fromEntries(Object.values(newsTemplates).map(({ kind }) => [kind, toReferrer])),
  ...{ [sentKind]: toService, [nudgedKind]: toService, [stoppedKind]: toService },
  ...{ [employeeKind]: 'to an employee who was asked', [thanksKind]: 'to an employer' },
  [ownerKind]: 'to whoever runs the service',
  ...{ [wantedKind]: toOurselves, [alertKind]: toOurselves },
  [invitedKind]: 'to whoever was invited',
  [requestKind]: 'to whoever was asked or told something',
  [letterKind]: 'to somebody at their work',
  [renewedKind]: 'to where the link before was sent',
  [changedKind]: 'to where they were reached before',
  [codeKind]: 'to a number or address that they gave and have not shown to be theirs yet',
}

/** To whom a message goes that does not go to the person; where that is not known, nobody is named. */
export const toOthers = (kind: string): string => othersTold[kind] ?? 'to somebody else'
