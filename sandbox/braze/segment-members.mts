import type { Profile } from './profile.mts';

/** What makes a user a member of the seeded segments, by the segment's name. */
const RULES: Readonly<Record<string, (profile: Profile) => boolean>> = {
	'All users': () => true,
	'Has an unused code': ({ customAttributes }) => {
		const code = customAttributes['voucherify_code'];
		return typeof code === 'string' && code !== '';
	},
	'Loyalty members': ({ customAttributes }) => typeof customAttributes['loyalty_points'] === 'number',
};

/** The members of a segment at this moment, oldest first. */
export function membersOf(segmentName: string, profiles: Iterable<Profile>): Profile[] {
	const rule = RULES[segmentName] ?? (() => false);
	return [...profiles].filter(rule);
}
