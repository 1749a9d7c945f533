/** What makes another record look like this person. */
export const likenesses = {
  'nhs-number': 'the same NHS number',
  'name-birth-postcode': 'the same name, date of birth and postcode',
  'name-birth': 'the same name and date of birth',
} as const
