import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';
import { defined, pick, united } from './pick';

const FIELDS = [
	'id',
	'code',
	'type',
	'campaign',
	'campaign_id',
	'category',
	'discount',
	'gift',
	'loyalty_card',
	'start_date',
	'expiration_date',
	'active',
	'is_referral_code',
	'holder_id',
	'redemption',
	'metadata',
] as const;

/** Objects that carry the voucher once more, sometimes with what the first place lacks, such as QR codes. */
const CARRIERS = ['publication', 'redemption', 'redemption_rollback'] as const;

/** The vouchers that an event is about, whole; several when several codes were published at once. */
export function vouchersOf(data: IDataObject): readonly IDataObject[] {
	const carriers = CARRIERS.map((name) => asRecord(data[name])?.voucher);
	const itself = data.object === 'voucher' ? data : undefined;
	const list = [data.vouchers, asRecord(data.publication)?.vouchers].find(Array.isArray) ?? [];
	const listed = list.map((entry) => (typeof entry === 'string' ? { code: entry } : entry)).filter(isRecord);
	const one = united([data.voucher, itself, ...carriers]);
	return one && listed.length < 2 ? [one] : listed;
}

/** A voucher at the paths that the API's answers have. */
export function shortVoucher(voucher: IDataObject): IDataObject {
	const assets = asRecord(voucher.assets);
	const url = (name: string) => {
		const address = asRecord(assets?.[name])?.url;
		return address === undefined ? undefined : { url: address };
	};
	const pictures = defined({ qr: url('qr'), barcode: url('barcode') });
	return { ...pick(voucher, FIELDS), ...(Object.keys(pictures).length === 0 ? {} : { assets: pictures }) };
}
