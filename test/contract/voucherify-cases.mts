import { publicationOf } from '../sandbox/voucherify-call.mts';

/** A request and the status of its answer. */
export interface Case {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** As in the contract. */
	readonly path: string;
	/** Values of the path's parameters, in order. `{name.id}` or `{name.voucher.code}` stands for a value of an answer that was kept. */
	readonly ids?: readonly string[];
	readonly query?: string;
	/** Sent as JSON, unless `sendAs` says otherwise. */
	readonly body?: unknown;
	/** A form, or a file `file` with the body's text as its content. */
	readonly sendAs?: keyof typeof BODY_TYPES;
	readonly headers?: Readonly<Record<string, string>>;
	readonly status: number;
	/** Name under which the answer is kept for later cases. */
	readonly keep?: string;
	/** The clock moves so far before the request. */
	readonly advanceMs?: number;
}

/** Content types of bodies. */
export const BODY_TYPES = {
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	upload: 'multipart/form-data',
} as const;

const PUBLISH = { method: 'POST', path: '/v1/publications' } as const;
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const FILTER = 'filters[type][conditions][$in][0]=STATIC&filters[junction]=AND';

/** Requests that the contract allows, in this order. */
export const TAKEN: readonly Case[] = [
	{ method: 'GET', path: '/v1/campaigns', status: 200 },
	{ method: 'GET', path: '/v1/campaigns', query: 'limit=100&page=1&order=-updated_at', status: 200 },
	{ method: 'GET', path: '/v1/campaigns', query: `campaign_type=DISCOUNT_COUPONS&${FILTER}`, status: 200 },
	...[
		'Summer Sale 20%',
		'10 Euro Off',
		'Free Coffee',
		'Welcome Gift Card',
		'Loyalty Club',
		'Refer a Friend',
	].map((name): Case => ({ method: 'GET', path: '/v1/campaigns/{campaignId}', ids: [name], status: 200 })),
	...['Summer Happy Hour', 'Newsletter Codes', 'Hello Everybody'].map((name): Case => ({
		method: 'GET',
		path: '/v1/campaigns/{campaignId}',
		ids: [name],
		status: 200,
	})),
	{ method: 'GET', path: '/v1/campaigns/{campaignId}', ...NOBODY },
	{ method: 'GET', path: '/v1/customers', status: 200 },
	{ method: 'GET', path: '/v1/customers', query: 'limit=100&page=99&order=source_id', status: 200 },
	{
		method: 'GET',
		path: '/v1/customers',
		query: 'starting_after=2020-01-01T00:00:00Z&order=created_at',
		status: 200,
	},
	{ method: 'GET', path: '/v1/customers', query: 'city=Paris&created_at[after]=2020-01-01', status: 200 },
	{
		method: 'POST',
		path: '/v1/customers',
		body: { source_id: 'ada', name: 'Ada', metadata: { a: 1 } },
		status: 200,
	},
	{ method: 'POST', path: '/v1/customers', body: { email: 'nobody@example.com' }, status: 200 },
	{ method: 'GET', path: '/v1/customers/{customerId}', ids: ['ada'], status: 200 },
	{ method: 'GET', path: '/v1/customers/{customerId}', ...NOBODY },
	{ method: 'PUT', path: '/v1/customers/{customerId}', ids: ['ada'], body: { phone: '+48' }, status: 200 },
	{ method: 'PUT', path: '/v1/customers/{customerId}', body: {}, ...NOBODY },
	{ method: 'GET', path: '/v1/customers/{customerId}/segments', ids: ['ada'], status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Summer Sale 20%', 'first'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Welcome Gift Card'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Loyalty Club'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Refer a Friend'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Free Coffee'), status: 200 },
	{
		...PUBLISH,
		body: { customer: 'ada', campaign: '10 Euro Off', channel: 'Braze', metadata: { a: 1 } },
		status: 200,
	},
	{
		...PUBLISH,
		body: { customer: { source_id: 'ada' }, campaign: { name: '10 Euro Off', count: 50 } },
		status: 200,
	},
	{ ...PUBLISH, query: 'join_once=true', body: publicationOf('new', 'Summer Sale 20%'), status: 200 },
	{ ...PUBLISH, body: { customer: { source_id: 'ada' }, voucher: 'HELLO10' }, status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Sold Out'), status: 400 },
	{ ...PUBLISH, body: publicationOf('ada', 'No such campaign'), status: 404 },
	{ method: 'GET', path: '/v1/publications', status: 200 },
	{
		method: 'GET',
		path: '/v1/publications',
		query: 'limit=100&order=voucher_code&customer=ada',
		status: 200,
	},
	{ method: 'GET', path: '/v1/publications', query: 'source_id=first&result=SUCCESS', status: 200 },
	{
		method: 'GET',
		path: '/v1/publications',
		query: 'campaign=Loyalty Club&voucher_type=loyalty',
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/publications/create',
		query: 'customer[source_id]=ada&campaign[name]=10 Euro Off&campaign[count]=2&metadata[a]=1',
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/publications/create',
		query: 'customer[source_id]=ada&campaign[name]=x',
		status: 404,
	},
	{ method: 'GET', path: '/v1/vouchers', status: 200 },
	{ method: 'GET', path: '/v1/vouchers', query: 'campaign=Newsletter Codes&limit=100&page=2', status: 200 },
	{ method: 'GET', path: '/v1/vouchers', query: 'customer=ada&order=-code', status: 200 },
	{ method: 'GET', path: '/v1/vouchers/{code}', ids: ['HELLO10'], status: 200 },
	{ method: 'GET', path: '/v1/vouchers/{code}', ...NOBODY },
	{ method: 'GET', path: '/v1/segments', query: 'filters[name][conditions][$is][0]=VIP', status: 200 },
	{
		method: 'POST',
		path: '/v1/segments',
		body: { name: 'A', type: 'static', customers: ['x'] },
		status: 200,
	},
	{ method: 'GET', path: '/v1/segments/{segmentId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/segments/{segmentId}', ...NOBODY },
	{ method: 'GET', path: '/v1/exports', query: 'order=-status', status: 200 },
	{ method: 'GET', path: '/v1/exports/{exportId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/exports/{exportId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/customers/{customerId}', ids: ['ada'], status: 204 },
	{ method: 'DELETE', path: '/v1/customers/{customerId}', ...NOBODY },
];

/** Requests that the contract forbids: only their answers can be checked. */
export const REFUSED: readonly Case[] = [
	{ method: 'GET', path: '/v1/customers', query: 'page=100', status: 400 },
	{ method: 'GET', path: '/v1/customers', query: 'limit=101', status: 400 },
	{ method: 'GET', path: '/v1/customers', query: 'starting_after=yesterday', status: 400 },
	{ method: 'POST', path: '/v1/customers', body: { name: 1 }, status: 400 },
	{ method: 'POST', path: '/v1/customers', body: '{"a":', status: 400 },
	{ ...PUBLISH, body: { campaign: { name: 'Loyalty Club' } }, status: 400 },
	{ ...PUBLISH, body: { customer: { source_id: 'a' } }, status: 400 },
	{
		...PUBLISH,
		body: { customer: { source_id: 'a' }, campaign: { name: '10 Euro Off', count: 51 } },
		status: 400,
	},
	{ ...PUBLISH, body: { ...publicationOf('a', '10 Euro Off'), metadata: 'x' }, status: 400 },
	{ method: 'POST', path: '/v1/exports', body: { exported_object: 'nothing' }, status: 400 },
	{
		method: 'POST',
		path: '/v1/exports',
		body: { exported_object: 'voucher', parameters: { fields: ['x'] } },
		status: 400,
	},
];

/** The case with the values of kept answers in its ids, query, body and headers. */
export function withKept(one: Case, kept: ReadonlyMap<string, unknown>): Case {
	const fill = (text: string): string =>
		text.replace(/\{(\w+)\.([\w.]+)\}/g, (whole, name: string, path: string) => {
			const value = path.split('.').reduce<unknown>((owner, field) => Object(owner)[field], kept.get(name));
			return typeof value === 'string' ? value : whole;
		});
	const filled: unknown = one.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(one.body)));
	return {
		...one,
		...(one.ids !== undefined && { ids: one.ids.map(fill) }),
		...(one.query !== undefined && { query: fill(one.query) }),
		...(one.body !== undefined && { body: filled }),
		...(one.headers !== undefined && {
			headers: Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name, fill(value)])),
		}),
	};
}

/** The body of a case as it is sent, and the headers that go with it. */
export function wireBody({ body, sendAs = 'json', headers = {} }: Case): {
	body: unknown;
	headers: Record<string, string>;
} {
	if (sendAs === 'json') return { body, headers };
	if (sendAs === 'form') {
		const form = new URLSearchParams(
			Object.entries(Object(body)).map(([name, value]): [string, string] => [name, String(value)]),
		);
		return { body: form.toString(), headers: { ...headers, 'Content-Type': BODY_TYPES.form } };
	}
	const boundary = 'line-between-parts';
	const disposition = 'Content-Disposition: form-data; name="file"; filename="rows.csv"';
	const part = `--${boundary}\r\n${disposition}\r\nContent-Type: text/csv\r\n\r\n${String(body)}\r\n--${boundary}--\r\n`;
	return {
		body: part,
		headers: { ...headers, 'Content-Type': `${BODY_TYPES.upload}; boundary=${boundary}` },
	};
}

/** Path and query of a case. */
export function urlOf({ path, ids = [], query }: Pick<Case, 'path' | 'ids' | 'query'>): string {
	const values = [...ids];
	const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(values.shift() ?? ''));
	return query === undefined ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
}

/** Cases with a name that tells them apart. */
export function titled(cases: readonly Case[]): (Case & { title: string })[] {
	return cases.map((one) => {
		const body =
			one.body === undefined ? '' : ` ${typeof one.body === 'string' ? one.body : JSON.stringify(one.body)}`;
		return { ...one, title: `${one.method} ${decodeURIComponent(urlOf(one))}${body} → ${one.status}` };
	});
}
