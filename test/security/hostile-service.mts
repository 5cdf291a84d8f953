import type { Answer, Received } from '../nodes/scripted-server.mts';

/** An object that is whatever an operation of either service may look for in an answer. */
export function accommodating({ path }: Received): Answer {
	const object = {
		id: 'id_1',
		code: 'CODE-1',
		name: 'Trial',
		object: 'campaign',
		type: 'static',
		campaign_type: 'DISCOUNT_COUPONS',
		created_at: '2026-01-01T00:00:00.000Z',
	};
	if (path.startsWith('/v1/oauth/token'))
		return { body: { access_token: 'token-of-the-accommodating-service', expires_in: 900 } };
	const rows = {
		...object,
		source_id: 'customer-000001',
		balance: { points: 1 },
		voucher: { code: 'CODE-1' },
	};
	return {
		body: {
			...rows,
			async_action_id: 'aa_1',
			status: 'DONE',
			message: 'success',
			data: [rows],
			customers: [rows],
			campaigns: [rows],
			publications: [rows],
			exports: [rows],
			async_actions: [{ ...rows, status: 'DONE' }],
			total: 1,
			has_more: false,
			has_more_data: false,
			result: { url: '/file?token=one-time', done_count: 1, failed_count: 0 },
			vouchers_generation_status: 'DONE',
			vouchers_count: 10,
			protected: false,
		},
	};
}

/** The headers and the address of a request, as careless services write them into their errors. */
export function echoOf({ headers, path, body }: Received): Record<string, string> {
	const all = `${path}\n${JSON.stringify(headers)}\n${body}`;
	const said = Object.values(headers).flat().join(' ');
	return {
		plain: said,
		json: JSON.stringify(headers),
		url: encodeURIComponent(said),
		form: new URLSearchParams({ said }).toString(),
		html: said.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`),
		base64: Buffer.from(said).toString('base64'),
		base64OfAll: Buffer.from(all).toString('base64'),
	};
}
