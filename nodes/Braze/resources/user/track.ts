import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../../../common/failure';
import { inBatches, type Batching, type Tally } from '../../../common/operation';
import type { Part } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { attributeFields, attributeReader } from '../../track/attributes';
import { eventFields, eventReader } from '../../track/event';
import { dataPointsOf } from '../../track/dataPoints';
import { identifierFields, readIdentifier, readIdentifyBy } from '../../track/identifier';
import { purchaseFields, readPurchase } from '../../track/purchase';
import {
	appIdOption,
	existingOnlyOption,
	mergeObjectsOption,
	readObjectOptions,
	skipUnchangedOption,
} from '../../track/objectOptions';
import { SkipUnchanged } from '../../track/skipUnchanged';
import { subscriptionGroupsOption, withSubscriptionGroups } from '../../track/subscriptionGroups';
import {
	DATA_POINTS,
	DATA_POINTS_SAVED,
	objectLimitOption,
	readTrackEndpoint,
	sendTracked,
} from '../../track/trackRequest';

const KINDS = ['attributes', 'event', 'purchase'] as const;

const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		appIdOption,
		{
			displayName: 'Clear What Is Missing',
			name: 'clearMissing',
			type: 'boolean',
			default: false,
			description:
				'Whether a Voucherify incentive removes the attributes it has no value for, such as the expiry of a code that never expires. Each removal costs a data point.',
		},
		existingOnlyOption,
		{
			displayName: 'Fields to Leave Out',
			name: 'leaveOut',
			type: 'string',
			default: '',
			placeholder: 'e.g. internal_note, updated_by',
			description:
				'Names of item fields, separated by commas, that do not become attributes when all fields are sent',
		},
		mergeObjectsOption,
		objectLimitOption,
		skipUnchangedOption,
		subscriptionGroupsOption,
	],
};

/** Attributes, events and purchases of many items, in as few requests as Braze's limits allow. */
export const track = inBatches({
	name: 'track',
	displayName: 'Track',
	action: 'Track users',
	description: 'Put attributes, events and purchases on profiles, many in one request',
	fields: [
		{
			displayName: 'Send',
			name: 'send',
			type: 'multiOptions',
			options: [
				{ name: 'Attributes', value: 'attributes', description: 'What is known of a user' },
				{ name: 'Event', value: 'event', description: 'What a user did' },
				{ name: 'Purchase', value: 'purchase', description: 'What a user bought' },
			],
			default: ['attributes'],
			description: 'What each item puts on the profile of its user',
		},
		...identifierFields,
		...attributeFields,
		...eventFields,
		...purchaseFields,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'Input Items',
					value: 'items',
					description: 'The items that came in, once Braze has taken them',
				},
				{
					name: 'One Summary',
					value: 'summary',
					description: 'One item that says how much was sent; takes less memory',
				},
			],
			default: 'items',
		},
		optionFields,
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	const kinds = fixed.choices('send', KINDS);
	if (kinds.length === 0)
		throw new InvalidInput('Send', 'is empty', 'Choose attributes, an event or a purchase.');
	const by = readIdentifyBy(fixed);
	const attributes = kinds.includes('attributes') ? attributeReader(fixed) : undefined;
	const event = kinds.includes('event') ? eventReader(fixed) : undefined;
	const purchase = kinds.includes('purchase') ? readPurchase : undefined;
	const endpoint = readTrackEndpoint(fixed);
	const skips = attributes !== undefined && fixed.optionFlag('options', 'skipUnchanged') === true;

	return {
		limits: endpoint.limits,
		read: (item) => {
			const user = readIdentifier(item, by);
			const key = JSON.stringify(user);
			const owner = item.index;
			const { app, only, merge } = readObjectOptions(item);
			const part = (lane: string, object: IDataObject, cost: number): Part => ({
				owner,
				lane,
				text: JSON.stringify(object),
				key,
				cost,
			});
			const parts: Part[] = [];
			if (attributes) {
				const values = withSubscriptionGroups(attributes(item), item);
				if (Object.keys(values).length === 0)
					throw new InvalidInput(
						'Attributes From',
						'finds no attribute in the item',
						'Give the item a field to send, or choose another source.',
					);
				// The identifier comes last: no attribute of the same name can take its place.
				parts.push(part('attributes', { ...values, ...merge, ...only, ...user }, dataPointsOf(values)));
			}
			if (event) parts.push(part('events', { ...event(item), ...app, ...only, ...user }, 1));
			if (purchase) parts.push(part('purchases', { ...purchase(item), ...app, ...only, ...user }, 1));
			return parts;
		},
		prepare: skips ? skipping(new SkipUnchanged(by)) : undefined,
		send: async (parts, run) => await sendTracked(parts, endpoint, run),
		summary: fixed.choice('output', ['items', 'summary']) === 'summary' ? summary : undefined,
	};
}

function skipping(skip: SkipUnchanged): NonNullable<Batching['prepare']> {
	return async (parts, run, pace) => {
		const { prepared, saved } = await skip.sift(parts, run, pace);
		run.count(DATA_POINTS_SAVED, saved);
		return prepared;
	};
}

function summary({ items, succeeded, failed, requests, counts }: Tally): IDataObject {
	const saved = counts.get(DATA_POINTS_SAVED);
	return {
		items,
		succeeded,
		failed,
		requests,
		dataPoints: counts.get(DATA_POINTS) ?? 0,
		...(saved === undefined ? {} : { dataPointsSaved: saved }),
	};
}
