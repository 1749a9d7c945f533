/**
 * A function of one slice that writes and that slices which are no part of it may call, inside their own transaction.
 * docs/decisions/0009-foreign-writes.md has a line for each.
 */
export type ForeignWrite = Readonly<{ store: string; name: string; because: string }>

export const foreignWrites: readonly ForeignWrite[] = [
  {
    store: 'src/journey/action/store.ts',
    name: 'saveResult',
    because: 'whoever comes back from a service has its action settled in the plan in that act',
  },
  {
    store: 'src/journey/episode/store.ts',
    name: 'recordStep',
    because: 'every stage moves the standing of the episode in the transaction of its own fact',
  },
  {
    store: 'src/journey/episode/store.ts',
    name: 'withdrawSteps',
    because: 'a stage that takes a fact back takes back the steps it caused',
  },
  {
    store: 'src/journey/asked-by-employer/store.ts',
    name: 'deleteAsk',
    because: 'what an employer said of somebody goes in the moment in which they send their own request',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'registerPerson',
    because: 'a referral, an import and other doors bring the person with them',
  },
  {
    store: 'src/registers/merged/store.ts',
    name: 'handRecordsOver',
    because: 'a handover gives all records of a person to the next provider in its own transaction',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'entrustPerson',
    because: 'a handover gives the record to the next provider in its own transaction',
  },
  {
    store: 'src/registers/means/store.ts',
    name: 'changeWay',
    because: 'a person who changes a way of their own changes it on every record of theirs, as a member does',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'markPerson',
    because: 'a restriction and a merge mark the record itself',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'recordDeath',
    because: 'that somebody has died is learnt in many places and stops everything at once',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'endHolding',
    because:
      'a merge that is taken back ends what it gave to the other organisation, and a handover what the one before held',
  },
  {
    store: 'src/registers/permissions/store.ts',
    name: 'recordPermission',
    because: 'what a person agreed to arrives with the referral, form or import in which they agreed',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'saveDecision',
    because: 'two organisations that each said the same decide a pair together',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'undoDecision',
    because: 'either of two organisations takes back what both decided',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'lookForPairs',
    because: 'whoever a referral brings may be known already, and is compared in the same transaction',
  },
  {
    store: 'src/registers/online/store.ts',
    name: 'welcome',
    because: 'whoever shows who they are, by whichever way, is signed in in the same transaction',
  },
  {
    store: 'src/journey/acknowledgement/store.ts',
    name: 'acknowledgePerson',
    because: 'whoever is referred hears of it in the transaction in which the referral is taken',
  },
  {
    store: 'src/journey/acknowledgement/store.ts',
    name: 'acknowledgeReferrer',
    because:
      'whoever refers hears of it in the transaction in which the referral is taken, or the person says yes to it',
  },
  {
    store: 'src/journey/fit-note-referral/store.ts',
    name: 'askForConversation',
    because:
      'a referral of somebody who asked for a fit note is a request for one in the transaction in which they agree',
  },
  {
    store: 'src/journey/changeover/store.ts',
    name: 'tellOfChange',
    because: 'whoever is looked after by somebody else hears of it in the transaction in which that came about',
  },
  {
    store: 'src/journey/changeover/store.ts',
    name: 'withdrawChange',
    because: 'whoever takes a change back takes back what the person was told of it',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'raiseAlert',
    because:
      'a concern and an overdue outing tell whoever is on duty in the transaction in which they are written down',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'keepAlert',
    because: 'a concern that comes open from elsewhere rings nobody: whoever takes it on has it in that transaction',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'tellNext',
    because: 'whoever has an alert and is shut out of the record hands it on in the transaction that restricts it',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'hearAlert',
    because: 'whoever looks at a concern has heard of it, in the transaction of the look',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'takeAlert',
    because: 'the page of a concern is where somebody says that they have it',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'handAlert',
    because: 'the page of a concern is where it is handed to somebody else',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'settleAlert',
    because: 'nobody is told of a concern that is closed, from the moment in which it is',
  },
  {
    store: 'src/journey/support/adjustments/store.ts',
    name: 'saveStep',
    because: 'what an employer answers stands on the adjustment in the transaction in which they answer',
  },
  {
    store: 'src/journey/support/adjustments/store.ts',
    name: 'withdrawStep',
    because: 'whoever answers anew takes back what they answered before',
  },
  {
    store: 'src/journey/onward/store.ts',
    name: 'recordEvent',
    because: 'each witness says what happened with somebody who was passed on, and it stands there in that act',
  },
  {
    store: 'src/journey/onward/store.ts',
    name: 'saveOnward',
    because: 'whoever says yes to the next service by themselves has it written down in that act',
  },
  {
    store: 'src/journey/emailed-answer/store.ts',
    name: 'saveEmail',
    because: 'what a service writes stands with the referral in the transaction in which the message is taken',
  },
  {
    store: 'src/journey/emailed-answer/store.ts',
    name: 'settleEmail',
    because: 'an answer is kept and its email settled in one act: else it would wait for a coach once more',
  },
  {
    store: 'src/journey/onward-sending/store.ts',
    name: 'nudgeOnward',
    because: 'a service that does not answer is asked once more, and that it was stands there in that act',
  },
  {
    store: 'src/journey/onward-sending/store.ts',
    name: 'agreeToOnward',
    because: 'what somebody says yes to by themselves is sent in the transaction of their yes',
  },
  {
    store: 'src/journey/onward-sending/store.ts',
    name: 'refuseOnward',
    because: 'what somebody says no to by themselves opens to nobody from that moment',
  },
  {
    store: 'src/journey/onward-sending/store.ts',
    name: 'stopOnward',
    because: 'whoever stops it by themselves closes its links in that act',
  },
  {
    store: 'src/journey/onward-clock/store.ts',
    name: 'endWaitingFor',
    because: 'what takes back a referral, or brings somebody back from it, lets support go on that waited for it',
  },
  {
    store: 'src/journey/action/store.ts',
    name: 'addAction',
    because: 'somebody is passed on to a service for something of their plan: both stand in it or neither',
  },
  {
    store: 'src/journey/request/store.ts',
    name: 'saveRequest',
    because: 'a result that goes back to a clinician asks the practice in the same act',
  },
  {
    store: 'src/journey/request/store.ts',
    name: 'closeRequest',
    because: 'whoever takes such a result back takes back what the practice was asked',
  },
  {
    store: 'src/registers/services/store.ts',
    name: 'saveListings',
    because:
      'what a source says, and a change that was decided, stand in the directory in the transaction that brings them',
  },
  {
    store: 'src/registers/services/store.ts',
    name: 'saveOwners',
    because: 'whoever runs a service comes with it',
  },
  {
    store: 'src/registers/services/store.ts',
    name: 'saveLocations',
    because: 'a location comes with the service that is given there',
  },
  {
    store: 'src/registers/services/store.ts',
    name: 'saveTerms',
    because: 'the kinds that a source names its services by come with them',
  },
  {
    store: 'src/registers/proposing/store.ts',
    name: 'saveProposals',
    because: 'what a source says differently from what was changed here is put to somebody in the same transaction',
  },
  {
    store: 'src/registers/proposing/store.ts',
    name: 'saveEntryProposal',
    because: 'a change to an owner or a location waits for a decision with those to services',
  },
  {
    store: 'src/registers/proposing/store.ts',
    name: 'sayOrPropose',
    because: 'a location that is added is said of its service in the same transaction',
  },
  {
    store: 'src/registers/owner-answer/store.ts',
    name: 'keepOwnersWord',
    because: 'whoever runs a service says how much room it has in their inbox, and it is taken as by their link',
  },
  {
    store: 'src/registers/entry/store.ts',
    name: 'saveEntry',
    because: 'a change to an owner or a location stands in the transaction in which it is accepted',
  },
  {
    store: 'src/exchange/feeds/twins/store.ts',
    name: 'lookForTwins',
    because: 'what a reading brings anew is compared in the transaction in which it ends',
  },
]
