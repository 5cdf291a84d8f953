import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';
import { partsOf, pick, united } from './pick';

const FIELDS = [
	'id',
	'name',
	'campaign_type',
	'type',
	'active',
	'start_date',
	'expiration_date',
	'description',
	'category',
	'metadata',
] as const;

/** The campaign that an event is about; its `id` and `name` are always there, `null` where the event doesn't tell. */
export function campaignOf(data: IDataObject): IDataObject | undefined {
	const campaign = united(sightings(data));
	return campaign && { id: null, name: null, ...pick(campaign, FIELDS) };
}

/** The IDs and names of all campaigns that occur in an event. */
export function campaignsIn(data: IDataObject): ReadonlySet<string> {
	return new Set(
		sightings(data).flatMap(({ id, name }) => [id, name].filter((word) => typeof word === 'string')),
	);
}

function sightings(data: IDataObject): IDataObject[] {
	const itself = data.object === 'campaign' ? [data] : [];
	const listed = Array.isArray(data.vouchers) ? data.vouchers.filter(isRecord) : [];
	return [...itself, data, ...partsOf(data), ...listed].flatMap(({ campaign, campaign_id }) => {
		const id = typeof campaign_id === 'string' ? { id: campaign_id } : {};
		const whole = asRecord(campaign);
		if (whole) return [whole];
		return typeof campaign === 'string' ? [{ ...id, name: campaign }] : [id];
	});
}
