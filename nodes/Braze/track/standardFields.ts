/** Standard fields of a profile that are text, which an export gives under the name by which they are set. */
export const TEXT_FIELDS: ReadonlySet<string> = new Set([
	'country',
	'dob',
	'email',
	'email_subscribe',
	'first_name',
	'gender',
	'home_city',
	'language',
	'last_name',
	'phone',
	'push_subscribe',
	'time_zone',
]);
