import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { answerOf } from '../../nodes/BrazeTrigger/connectedContentAnswer';
import { deliveryOf, keyOf, readMessage } from '../../nodes/BrazeTrigger/message';
import { webhookBody } from '../../nodes/BrazeTrigger/pasteIntoBraze';
import { BrazeMessages } from '../nodes/braze-message.mts';

describe('the key of a message', () => {
	const ids = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'a:b', 'b:c', ':', 'a%3Ab'));

	it('is the same for the same message and user, and differs for all others', () => {
		const message = fc.record({ campaign_id: ids, dispatch_id: ids, user_id: ids });
		fc.assert(
			fc.property(message, message, (one, other) => {
				const [a, b] = [readMessage(one), readMessage(other)];
				for (const [kind, id] of [
					['campaign', 'campaignId'],
					['dispatch', 'dispatchId'],
				] as const) {
					if (a.userId === undefined || b.userId === undefined || !a[id] || !b[id]) continue;
					expect(keyOf(a, kind) === keyOf(b, kind)).toBe(a[id] === b[id] && a.userId === b.userId);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it('takes a Canvas for the Campaign, numbers for texts, and what Liquid left empty for missing', () => {
		const message = readMessage({ canvas_id: ' c-1 ', campaign_id: '', dispatch_id: '  ', user_id: 17 });
		expect(message).toEqual({ campaignId: 'c-1', dispatchId: undefined, userId: '17', key: undefined });
		expect([keyOf(message, 'campaign'), keyOf(message, 'dispatch')]).toEqual([
			'braze:campaign:c-1:17',
			undefined,
		]);
	});
});

describe('a key that the request brings', () => {
	it('takes the place of ours, and does not make a webhook a repeated one', () => {
		const message = readMessage({ campaign_id: 'c', dispatch_id: 'd', user_id: 'u', key: 'own' });
		expect([keyOf(message, 'campaign'), keyOf(message, 'dispatch'), deliveryOf(message)]).toEqual([
			'own',
			'own',
			'braze:dispatch:d:u',
		]);
	});
});

describe('what Braze gets of a workflow', () => {
	it.each<[string, number, unknown, unknown]>([
		['its first item', 200, [{ code: 'A' }, { code: 'B' }], { code: 'A', status: 'success' }],
		['a status of its own', 200, [{ status: 'no_code' }], { status: 'no_code' }],
		['that nothing was found', 200, [], { status: 'not_found' }],
		['that an empty item is nothing', 200, [{}], { status: 'not_found' }],
		['that no node ran', 200, { message: 'executed successfully' }, { status: 'not_found' }],
		['no reason of an error', 500, { message: 'Error in workflow' }, { status: 'error' }],
		['no reason of a failed item', 200, [{ id: 1, error: { message: 'key x' } }], { status: 'error' }],
		['no more than it can read', 200, [{ text: 'x'.repeat(300_000) }], { status: 'error' }],
	])('%s', (_what, status, body, expected) => {
		expect(answerOf(status, body)).toEqual(expected);
	});
});

describe('what is pasted into Braze', () => {
	const messages = new BrazeMessages({
		transport: async () => await Promise.reject(new Error('A webhook body asks nothing')),
		now: () => 0,
		savesErrors: false,
	});
	const odd = 'O"Hara\n\\ {{x}}';
	const profile = { user_id: odd, email_address: odd, first_name: odd };

	it.each(['campaign', 'canvas'] as const)(
		'is JSON whatever the profile holds, sent from a %s',
		async (sender) => {
			const sending = { campaign: { api_id: 'c-1', dispatch_id: 'd-1' }, canvas: { api_id: 'c-1' } };
			for (const kind of ['webhook', 'audienceSync', 'customEvent'] as const) {
				const rendered = await messages.render(webhookBody(kind, sender), profile, sending);
				if (!('text' in rendered)) throw new Error(rendered.aborted);
				const body: IDataObject = JSON.parse(rendered.text);
				expect(readMessage(body)).toMatchObject({ userId: odd, campaignId: 'c-1', dispatchId: 'd-1' });
			}
		},
	);
});
