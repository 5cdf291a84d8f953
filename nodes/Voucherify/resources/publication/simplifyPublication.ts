import type { IDataObject } from 'n8n-workflow';
import { asRecord } from '../../../common/record';
import { picked, textOf } from '../../answer';
import { codesOf } from './firstPublication';

const INCENTIVES = ['discount', 'gift', 'loyalty_card'];

/**
 * What matters of a publication, at the paths where the raw answer has it; the campaign comes on top.
 * @param campaign as far as it is known; a listed publication names it itself
 */
export function simplifyPublication(
	publication: IDataObject,
	campaign?: { readonly id: string; readonly name: string },
): IDataObject {
	const codes = codesOf(publication);
	const voucher = asRecord(publication.voucher);
	const customer = asRecord(publication.customer);
	return {
		...picked(publication, ['id', 'created_at', 'source_id', 'channel', 'result', 'failure_message']),
		metadata: publication.metadata ?? {},
		campaign: {
			id: campaign?.id ?? voucher?.campaign_id ?? null,
			name: campaign?.name ?? voucher?.campaign ?? null,
		},
		customer: {
			id: customer?.id ?? publication.customer_id ?? null,
			source_id: customer?.source_id ?? null,
			name: customer?.name ?? null,
			email: customer?.email ?? null,
		},
		...(voucher ? { voucher: simplifyPublishedVoucher(voucher) } : {}),
		code: codes[0] ?? null,
		...(codes.length > 1 ? { codes: [...codes] } : {}),
	};
}

/** What matters of a voucher that was handed out: its code, its worth and its images. */
export function simplifyPublishedVoucher(voucher: IDataObject): IDataObject {
	const worth = INCENTIVES.filter((name) => asRecord(voucher[name]) !== undefined);
	const assets = asRecord(voucher.assets);
	const address = (shape: string): IDataObject => {
		const url = textOf(asRecord(assets?.[shape])?.url);
		return url === undefined ? {} : { [shape]: { url } };
	};
	return {
		...picked(voucher, [
			'id',
			'code',
			'type',
			...worth,
			'start_date',
			'expiration_date',
			'active',
			'is_referral_code',
		]),
		...(assets ? { assets: { ...address('qr'), ...address('barcode') } } : {}),
	};
}
