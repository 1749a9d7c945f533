/**
 * How the kind of a message begins of which nobody of the service sees anything, not even that it went: it is to somebody
 * who has not come to the service, and may never.
 */
export const unseen = 'unseen.'
