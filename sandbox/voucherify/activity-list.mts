import { type Activities, type Activity, campaignProperty, categoryOf, toActivity } from './activities.mts';
import type { Customer } from './customer.mts';
import type { JsonObject } from './json.mts';
import { instantParameter, orderParameter, textParameter } from './query.mts';
import { cursorList } from './transaction-list.mts';

/** What `activities` can be ordered by; a sandbox's activities have nothing but their instant and type. */
const ORDERS = ['created_at', 'updated_at', 'type', 'code', 'campaign', 'category'] as const;

/** Answers GET /v1/customers/{id}/activity. */
export function listActivity(
	activities: Activities,
	customer: Customer,
	query: JsonObject,
): Record<string, unknown> {
	const { descending } = orderParameter(query, ['created_at'], 'created_at');
	return cursorList(chosen(activities, customer, query), query, descending, toActivity);
}

/** Answers GET /v1/customers/{id}/activities, the older form: with a total instead of `has_more`. */
export function listActivities(
	activities: Activities,
	customer: Customer,
	query: JsonObject,
): Record<string, unknown> {
	const { descending } = orderParameter(query, ORDERS, 'created_at');
	const after = instantParameter(query, 'starting_after');
	const all = chosen(activities, customer, query);
	const beyond = all.filter(({ createdAt }) => {
		return after === undefined || (descending ? createdAt < after : createdAt > after);
	});
	const { data } = cursorList(beyond, query, descending, toActivity);
	return { object: 'list', data_ref: 'data', data, total: all.length };
}

function chosen(activities: Activities, customer: Customer, query: JsonObject): readonly Activity[] {
	const tests: ((activity: Activity) => boolean)[] = [];
	const start = instantParameter(query, 'start_date');
	if (start !== undefined) tests.push(({ createdAt }) => createdAt >= start);
	const end = instantParameter(query, 'end_date');
	if (end !== undefined) tests.push(({ createdAt }) => createdAt <= end);
	const type = textParameter(query, 'type');
	if (type !== undefined) tests.push((activity) => activity.type === type);
	const category = textParameter(query, 'category');
	if (category !== undefined) tests.push((activity) => categoryOf(activity) === category);
	const campaignId = textParameter(query, 'campaign_id');
	if (campaignId !== undefined) tests.push((activity) => campaignProperty(activity, 'id') === campaignId);
	const campaignType = textParameter(query, 'campaign_type');
	if (campaignType !== undefined) {
		tests.push((activity) => campaignProperty(activity, 'campaign_type') === campaignType);
	}
	return activities.ofCustomer(customer.id).filter((activity) => tests.every((test) => test(activity)));
}
