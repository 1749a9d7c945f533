/** What makes another record look like this person. */
export const likenesses = {
  'nhs-number': 'the same NHS number',
  'name-birth-postcode': 'the same name, date of birth and postcode',
  'name-birth': 'the same name and date of birth',
} as const

/** Why somebody stands beside a referral who has a number or an email address that came with it. */
export const sharesWay = 'the same phone number or email address'

/** Said of somebody who was referred, and of a message that did not go to them, before anybody has compared the records. */
export const maybeUnwanted =
  'This may be somebody who does not want to be contacted. Compare the two records before you contact them'
