import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput, shown } from '../../common/failure';
import { momentOf } from '../../common/moment';
import type { ItemParameters } from '../../common/parameters';
import { asRecord } from '../../common/record';
import { incentiveOf } from './incentive';

const SOURCES = ['fields', 'voucherifyEvent'] as const;

/** Braze's limit for the properties of an event, in bytes. */
const LARGEST_PROPERTIES = 50 * 1024;

/** The form fields that say which event happened to a user. */
export const eventFields: readonly INodeProperties[] = [
	{
		displayName: 'Event From',
		name: 'eventFrom',
		type: 'options',
		options: [
			{ name: 'Fields', value: 'fields', description: 'A name, a time and properties that you enter' },
			{
				name: 'Voucherify Event',
				value: 'voucherifyEvent',
				description: 'What the Voucherify Trigger received becomes a custom event with properties',
			},
		],
		default: 'fields',
		displayOptions: { show: { send: ['event'] } },
	},
	{
		displayName: 'Event Name',
		name: 'eventName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. code_delivered',
		displayOptions: { show: { send: ['event'], eventFrom: ['fields'] } },
	},
	{
		displayName: 'Event Name Prefix',
		name: 'eventPrefix',
		type: 'string',
		default: 'voucherify.',
		description: "Stands before the name of Voucherify's event: voucherify.redemption.succeeded",
		displayOptions: { show: { send: ['event'], eventFrom: ['voucherifyEvent'] } },
	},
	{
		displayName: 'Event Time',
		name: 'eventTime',
		type: 'dateTime',
		default: '',
		hint: 'Empty: now',
		displayOptions: { show: { send: ['event'], eventFrom: ['fields'] } },
	},
	{
		displayName: 'Event Properties',
		name: 'eventProperties',
		type: 'json',
		default: '{}',
		description: 'An object of property names and values',
		displayOptions: { show: { send: ['event'], eventFrom: ['fields'] } },
	},
];

/** Reads the event of one item, without who it happened to. */
export type EventReader = (item: ItemParameters) => IDataObject;

/** Chooses how the events of a run are read. */
export function eventReader(fixed: ItemParameters): EventReader {
	switch (fixed.choice('eventFrom', SOURCES)) {
		case 'fields':
			return (item) =>
				event(
					item.requiredText('eventName', 'Enter the name of a custom event.'),
					readTime(item, 'eventTime'),
					item.object('eventProperties'),
				);
		case 'voucherifyEvent': {
			const prefix = fixed.text('eventPrefix');
			return (item) => voucherifyEvent(item, prefix);
		}
	}
}

/** Before it, in 1973, nobody used Braze: a smaller number was meant as seconds. In ms since 1970. */
const EARLIEST = 100_000_000_000;

/**
 * A time parameter in ISO 8601; now when it is empty. A number is milliseconds since 1970.
 * @throws {InvalidInput} for what is no date, and for seconds since 1970, which would be a day in that year
 */
export function readTime(item: ItemParameters, name: string): string {
	const value = item.value(name);
	if (value === undefined || value === null || value === '') return new Date().toISOString();
	if (typeof value === 'number' && Math.abs(value) < EARLIEST) {
		throw item.invalid(
			name,
			`is ${shown(value)}, which looks like seconds`,
			'Enter milliseconds since 1970, or a date such as 2026-06-01T08:00:00Z.',
		);
	}
	const time = momentOf(typeof value === 'number' ? new Date(value) : value);
	if (time !== undefined) return time.toISOString();
	throw item.invalid(
		name,
		`is ${shown(value)}, which is no date`,
		'Enter a date such as 2026-06-01T08:00:00Z.',
	);
}

function event(name: string, time: string, properties: IDataObject): IDataObject {
	return { name, time, ...readProperties('Event Properties', properties) };
}

/**
 * The properties of an event or a purchase, where there are any.
 * @throws {InvalidInput} for what Braze would refuse
 */
export function readProperties(label: string, properties: IDataObject): { properties?: IDataObject } {
	const reserved = Object.keys(properties).find(
		(key) => key.startsWith('$') || key === 'time' || key === 'event_name',
	);
	if (reserved !== undefined) {
		throw new InvalidInput(
			label,
			`has the key ${shown(reserved)}`,
			'Braze reserves "time", "event_name" and names that start with "$".',
		);
	}
	const size = Buffer.byteLength(JSON.stringify(properties));
	if (size > LARGEST_PROPERTIES) {
		throw new InvalidInput(label, `is ${size} bytes long`, 'Braze takes at most 50 KB of properties.');
	}
	return Object.keys(properties).length === 0 ? {} : { properties };
}

/**
 * A webhook of Voucherify as a custom event: its type is the name, its moment the time, and what happened the properties; who it
 * happened to is the user, and no property.
 */
function voucherifyEvent({ json }: ItemParameters, prefix: string): IDataObject {
	const inner = asRecord(json.event);
	const type = inner ? inner.type : (json.event ?? json.type);
	if (typeof type !== 'string' || type === '') {
		throw new InvalidInput(
			'Event From',
			'is Voucherify Event, and the item is none',
			'Connect the Voucherify Trigger, or choose "Fields".',
		);
	}
	const at = inner?.created_at ?? json.created_at;
	const time = typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : new Date().toISOString();
	return event(prefix + type, time, propertiesOf(json));
}

/** The flat facts of a webhook: what messages and filters in Braze can use. */
function propertiesOf(json: IDataObject): IDataObject {
	const data = asRecord(json.data) ?? json;
	const incentive = incentiveOf(json);
	const order = asRecord(data.order);
	const redemption = asRecord(data.redemption);
	const segment = asRecord(data.segment);
	const campaign = asRecord(data.campaign);
	return defined({
		code: incentive?.code,
		value: incentive?.value,
		expiry: incentive?.expiry ?? undefined,
		balance: incentive?.balance,
		points: incentive?.points,
		campaign: incentive?.campaign ?? campaign?.name,
		campaign_id: campaign?.id ?? asRecord(data.voucher)?.campaign_id,
		order_id: order?.source_id ?? order?.id,
		order_status: order?.status,
		order_amount: hundredths(order?.total_amount ?? order?.amount),
		redemption_id: redemption?.id,
		segment: segment?.name,
		publication_id: asRecord(data.publication)?.id,
		event_id: json.id ?? json.event_id,
	});
}

function hundredths(amount: unknown): number | undefined {
	return typeof amount === 'number' ? amount / 100 : undefined;
}

function defined(values: Readonly<Record<string, unknown>>): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter((entry): entry is [string, string | number] =>
			['string', 'number'].includes(typeof entry[1]),
		),
	);
}
