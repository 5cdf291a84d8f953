import type { Refusal } from '../common/service.mts';

/** A refusal in Voucherify's shape. */
export class VoucherifyError extends Error {
	constructor(
		readonly status: number,
		/** Machine-readable, for instance `resource_not_found`. */
		readonly key: string,
		override readonly message: string,
		readonly details: string,
		readonly resource?: { readonly id: string; readonly type: string },
	) {
		super(message);
	}
}

/** 404 for an object that does not exist; `type` is Voucherify's word for it, for instance `customer`. */
export function notFound(type: string, id: string): VoucherifyError {
	return new VoucherifyError(404, 'not_found', 'Resource not found', `Cannot find ${type} with id ${id}`, {
		id,
		type,
	});
}

/** 400 for a request whose content makes no sense to Voucherify. */
export function invalid(key: string, message: string, details: string): VoucherifyError {
	return new VoucherifyError(400, key, message, details);
}

/** The answer that tells a client about the error. */
export function refusalFor(error: VoucherifyError, requestId: string): Refusal {
	return {
		status: error.status,
		body: {
			code: error.status,
			key: error.key,
			message: error.message,
			details: error.details,
			request_id: requestId,
			...(error.resource && { resource_id: error.resource.id, resource_type: error.resource.type }),
		},
	};
}
