import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { memberField, readMember } from './memberField';
import { simplifyMember } from './simplifyMember';

interface Input {
	readonly member: string;
	readonly simplify: boolean;
}

export const getMember = perItem<Input>({
	name: 'getMember',
	displayName: 'Get Member',
	action: 'Get a loyalty program member',
	description: "See a member's loyalty card: points, holder and expiry",
	fields: [memberField, simplifyField],
	read: (item) => ({ member: readMember(item), simplify: item.flag('simple') }),
	run: async ({ member, simplify }, run) => {
		const card = objectOf(
			await run.client.send({ method: 'GET', path: path`/v1/loyalties/members/${member}` }),
		);
		return [{ json: simplify ? simplifyMember(card) : card }];
	},
});
