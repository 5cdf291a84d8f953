import type { FastifyInstance } from 'fastify';
import { readBody, readRows } from '../body.mts';
import { isObject } from '../json.mts';
import { readQuery, textParameter, wrong } from '../query.mts';
import { doRows } from '../rows.mts';
import type { VoucherifyState } from '../state.mts';
import { listTransactions } from '../transaction-list.mts';
import { readUpload } from '../upload.mts';
import { codeOfRow, voucherOfRow } from '../voucher-row.mts';

const MOST_VOUCHERS = 1_000_000;

interface WithCampaign {
	Params: { campaignId: string };
}

/** A campaign's codes: adding some, importing objects and CSV files, and the transactions of its cards. */
export function registerCampaignCodes(app: FastifyInstance, state: VoucherifyState): void {
	app.post<WithCampaign>('/v1/campaigns/:campaignId/vouchers', (request, reply) => {
		const campaign = state.campaigns.get(request.params.campaignId);
		const count = Number(textParameter(readQuery(request), 'vouchers_count') ?? 1);
		if (!Number.isInteger(count) || count < 1 || count > MOST_VOUCHERS) {
			throw wrong(`Query parameter vouchers_count should be from 1 to ${MOST_VOUCHERS}`);
		}
		if (count > 1) {
			const { id } = state.campaignChanges.generate(campaign, count);
			return reply.code(202).send({ async_action_id: id });
		}
		const body = { ...readBody(request.body ?? {}), campaign: campaign.id };
		return state.voucherChanges.create(body).toVoucher(state.url);
	});

	app.post<{ Params: { campaignId: string; code: string } }>(
		'/v1/campaigns/:campaignId/vouchers/:code',
		(request) => {
			const { id } = state.campaigns.get(request.params.campaignId);
			const body = { ...readBody(request.body ?? {}), campaign: id };
			return state.voucherChanges.create(body, request.params.code).toVoucher(state.url);
		},
	);

	app.post<WithCampaign>('/v1/campaigns/:campaignId/import', (request, reply) => {
		const { id } = state.campaigns.get(request.params.campaignId);
		const rows = readRows(request.body);
		const work = () =>
			doRows(
				rows,
				(row) => state.voucherChanges.importRow(row, id, true),
				(row) => ({ code: codeOfRow(row) }),
			);
		const action = state.asyncActions.start('CAMPAIGN.VOUCHERS_IMPORT', work);
		return reply.code(202).send({ async_action_id: action.id });
	});

	app.post<WithCampaign>('/v1/campaigns/:campaignId/importCSV', async (request) => {
		const { id } = state.campaigns.get(request.params.campaignId);
		const { rows } = await readUpload(request);
		const work = () =>
			doRows(
				rows,
				(row) => state.voucherChanges.importRow(voucherOfRow(row), id, true),
				(row, index) => ({ code: codeOfRow(row), row: index + 1 }),
			);
		return { async_action_id: state.asyncActions.start('CAMPAIGN.VOUCHERS_IMPORT_CSV', work).id };
	});

	app.get<WithCampaign>('/v1/campaigns/:campaignId/transactions', (request) => {
		const campaign = state.campaigns.get(request.params.campaignId);
		return listTransactions(state.balances.ofCampaign(campaign), readQuery(request));
	});

	app.post<WithCampaign>('/v1/campaigns/:campaignId/transactions/export', (request) => {
		const { id } = state.campaigns.get(request.params.campaignId);
		const parameters = readBody(readBody(request.body ?? {})['parameters'] ?? {});
		const given = isObject(parameters['filters']) ? parameters['filters'] : {};
		const filters = { ...given, campaign_id: { conditions: { $in: [id] } } };
		return state.exports.startTransactions({ ...parameters, filters });
	});
}
