import type { IDataObject } from 'n8n-workflow';
import { asRecord } from '../../../common/record';
import { picked, textOf } from '../../answer';

/** Of these a voucher has one, and the others as null. */
const INCENTIVES = ['discount', 'gift', 'loyalty_card'];

/** What a voucher is and what it is worth, at the paths where the raw answer has it, without publications and redemptions one by one. */
export function simplifyVoucher(voucher: IDataObject): IDataObject {
	const worth = INCENTIVES.filter((name) => asRecord(voucher[name]) !== undefined);
	const redemption = asRecord(voucher.redemption);
	const assets = asRecord(voucher.assets);
	return {
		...picked(voucher, [
			'id',
			'code',
			'type',
			'campaign',
			'campaign_id',
			...worth,
			'active',
			'start_date',
			'expiration_date',
			'category',
			'additional_info',
			'holder_id',
			'is_referral_code',
			'metadata',
			'created_at',
			'updated_at',
		]),
		...(redemption ? { redemption: picked(redemption, ['quantity', 'redeemed_quantity']) } : {}),
		...(assets ? { assets: { ...address(assets, 'qr'), ...address(assets, 'barcode') } } : {}),
	};
}

function address(assets: IDataObject, shape: string): IDataObject {
	const url = textOf(asRecord(assets[shape])?.url);
	return url === undefined ? {} : { [shape]: { url } };
}
