import { perItem } from '../../../common/operation';
import { pagingFields, simplifyField } from '../../pagingFields';
import { segmentField } from '../segment/segmentField';
import { readSegment } from '../segment/segmentReference';
import { customerFilters } from './customerFilters';
import { listCustomers, readCustomerList, type CustomerList } from './customerList';

export const getAll = perItem<CustomerList>({
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
	read: (item) => ({
		...readCustomerList(item),
		segment: item.choice('from', ['all', 'segment']) === 'segment' ? readSegment(item) : undefined,
	}),
	run: listCustomers,
});
