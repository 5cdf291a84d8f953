const PROBLEMS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		ENOTFOUND: 'there is no host of that name',
		EAI_AGAIN: 'the name service did not answer',
		ECONNREFUSED: 'nothing listens there',
		EHOSTUNREACH: 'there is no way to that host',
		ENETUNREACH: 'there is no network to that host',
		ETIMEDOUT: 'it did not answer in time',
		ECONNABORTED: 'it did not answer in time',
		CERT_HAS_EXPIRED: 'its certificate has expired',
		DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
		SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
		UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
		ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
		ERR_ANSWER_TOO_LARGE: 'its answer has more than 64 MB',
		ERR_INVALID_CHAR: 'the key in the credential holds a line break or another character that no key has',
	}),
);

/**
 * What to tell a user whose request got no answer; the description may quote the error and has to be redacted.
 * @param address of the service, absolute
 */
export function unreachable(
	service: string,
	address: string,
	error: unknown,
): { message: string; description: string } {
	const { host } = new URL(address);
	const code = networkCode(error);
	const why = PROBLEMS.get(code ?? '');
	if (why) {
		return {
			message: `${service} could not be reached at ${host}: ${why}`,
			description: `Check the ${service} credential and the network. (${code})`,
		};
	}
	return {
		message: `The connection to ${service} (${host}) broke`,
		description: `${error instanceof Error ? error.message : String(error)}${code === undefined ? '' : ` (${code})`}`,
	};
}

/** The code of a network error, however deep n8n has wrapped it, and where a status would be: its NodeApiError drops the cause. */
export function networkCode(error: unknown): string | undefined {
	for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth++) {
		if ('code' in cause && typeof cause.code === 'string') return cause.code;
		if ('httpCode' in cause && typeof cause.httpCode === 'string' && /^[A-Z]/.test(cause.httpCode))
			return cause.httpCode;
		cause = 'cause' in cause ? cause.cause : undefined;
	}
	return undefined;
}
