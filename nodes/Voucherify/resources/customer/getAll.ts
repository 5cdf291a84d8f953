import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { segmentField } from '../segment/segmentField';
import { readSegment, segmentId, type SegmentReference } from '../segment/segmentReference';
import { customerFilters, readCustomerFilters } from './customerFilters';
import { readCustomers } from './customerPages';
import { simplifyCustomer } from './simplifyCustomer';

interface Input {
	readonly segment: SegmentReference | undefined;
	readonly wanted: number;
	readonly filters: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many customers',
	description: 'List all customers, or the members of a segment, the oldest first',
	fields: [
		{
			displayName: 'Customers',
			name: 'from',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Every customer of the project' },
				{ name: 'Members of a Segment', value: 'segment', description: 'Whoever belongs to the segment now' },
			],
			default: 'all',
			description: 'Which customers to get',
		},
		{ ...segmentField, displayOptions: { show: { from: ['segment'] } } },
		...pagingFields,
		customerFilters,
		simplifyField,
	],
	read,
	run: list,
});

function read(item: ItemParameters): Input {
	const ofSegment = item.choice('from', ['all', 'segment']) === 'segment';
	return {
		segment: ofSegment ? readSegment(item) : undefined,
		wanted: readWanted(item),
		filters: readCustomerFilters(item),
		simplify: item.flag('simple'),
	};
}

async function list({ segment, wanted, filters, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const items: OutputItem[] = [];
	const id = segment === undefined ? undefined : await segmentId(run, segment);
	await readCustomers(run, { ...filters, segment_id: id }, wanted, (customer) =>
		items.push({ json: simplify ? simplifyCustomer(customer) : customer }),
	);
	// Nobody there: fails if that is because there is no such segment.
	if (items.length === 0 && id !== undefined) {
		await run.client.send({ method: 'GET', path: path`/v1/segments/${id}` });
	}
	return items;
}
