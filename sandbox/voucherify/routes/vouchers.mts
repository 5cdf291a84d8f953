import type { FastifyInstance } from 'fastify';
import { integerIn, readBody, textIn, wrongPayload } from '../body.mts';
import { readQuery } from '../query.mts';
import type { VoucherifyState } from '../state.mts';
import { toBalance } from '../transaction.mts';
import { listTransactions } from '../transaction-list.mts';
import { listVouchers } from '../voucher-list.mts';

interface WithCode {
	Params: { code: string };
}

/** Vouchers: create, list, get, update, delete, enable, disable, balance and transactions. */
export function registerVouchers(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/vouchers', (request) => listVouchers(state, readQuery(request)));

	app.post('/v1/vouchers', (request) => state.voucherChanges.create(request.body).toVoucher(state.url));

	app.get<WithCode>('/v1/vouchers/:code', (request) =>
		state.campaigns.getVoucher(request.params.code).toVoucher(state.url),
	);

	app.post<WithCode>('/v1/vouchers/:code', (request) =>
		state.voucherChanges.create(request.body, request.params.code).toVoucher(state.url),
	);

	app.put<WithCode>('/v1/vouchers/:code', (request) => {
		const voucher = state.campaigns.getVoucher(request.params.code);
		state.voucherChanges.update(voucher, request.body);
		return voucher.toVoucher(state.url);
	});

	app.delete<WithCode>('/v1/vouchers/:code', (request, reply) => {
		const voucher = state.campaigns.getVoucher(request.params.code);
		state.voucherChanges.delete(voucher, readQuery(request)['force'] === 'true');
		return reply.code(204).send();
	});

	for (const [action, active] of [
		['enable', true],
		['disable', false],
	] as const) {
		app.post<WithCode>(`/v1/vouchers/:code/${action}`, (request) => {
			const voucher = state.campaigns.getVoucher(request.params.code);
			state.voucherChanges.setActive(voucher, active);
			return voucher.toVoucher(state.url);
		});
	}

	app.post<WithCode>('/v1/vouchers/:code/balance', (request) => {
		const body = readBody(request.body);
		const amount = integerIn(body, 'amount');
		if (amount === undefined || amount === 0) throw wrongPayload('Property .amount should not be 0');
		const entry = { sourceId: textIn(body, 'source_id'), reason: textIn(body, 'reason') };
		return toBalance(state.balances.adjustBalance(request.params.code, amount, entry));
	});

	app.get<WithCode>('/v1/vouchers/:code/transactions', (request) => {
		const voucher = state.campaigns.getVoucher(request.params.code);
		return listTransactions(state.balances.ofVoucher(voucher), readQuery(request));
	});

	app.post<WithCode>('/v1/vouchers/:code/transactions/export', (request) => {
		const { id } = state.campaigns.getVoucher(request.params.code);
		const parameters = readBody(request.body)['parameters'] ?? {};
		const filters = { voucher_id: { conditions: { $in: [id] } } };
		return state.exports.startTransactions({ ...readBody(parameters), filters });
	});
}
