import { readMoment } from '../../../common/moment';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { anyCampaignField, readCampaign } from './anyCampaignField';

interface Input {
	readonly campaign: string;
	/** Days such as 2026-01-31; empty for the whole life of the campaign. */
	readonly from: string;
	readonly to: string;
}

/** The figures of a campaign. Voucherify announced the endpoint on 2025-06-17, and takes both days or none. */
export const getSummary = perItem<Input>({
	name: 'getSummary',
	displayName: 'Get Summary',
	action: 'Get the summary of a campaign',
	description: 'See the figures of a campaign: how often its codes were published, validated and redeemed',
	fields: [
		anyCampaignField,
		{
			displayName: 'Period',
			name: 'period',
			type: 'collection',
			placeholder: 'Add Day',
			default: {},
			description: 'The days that count, both included; the whole life of the campaign when empty',
			options: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '' },
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '' },
			],
		},
	],
	read,
	run: async ({ campaign, from, to }, run) => {
		const query = from === '' ? {} : { start_date: from, end_date: to };
		return [
			{
				json: objectOf(
					await run.client.send({ method: 'GET', path: path`/v1/campaigns/${campaign}/summary`, query }),
				),
			},
		];
	},
});

function read(item: ItemParameters): Input {
	const from = readMoment(item, 'period', 'from').slice(0, 10);
	const to = readMoment(item, 'period', 'to').slice(0, 10);
	if ((from === '') !== (to === '')) {
		const missing = from === '' ? 'from' : 'to';
		throw item.invalid(
			missing,
			'is empty',
			'Voucherify takes both days, or none for the whole life of the campaign.',
		);
	}
	if (from > to) throw item.invalid('to', `is before ${from}`, 'Enter the later day.');
	return { campaign: readCampaign(item), from, to };
}
