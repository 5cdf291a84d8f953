import type { Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall } from '../sandbox/braze-call.mts';
import type { LiquidProfile } from './braze-message.mts';

interface ExportedUser {
	readonly external_id: string;
	readonly braze_id: string;
	readonly first_name?: string;
	readonly last_name?: string;
	readonly email?: string;
	readonly phone?: string;
	readonly custom_attributes?: Readonly<Record<string, unknown>>;
}

/** What a profile has beside the customer's name and addresses, by custom attribute. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * The first customers of Voucherify's seed as users of Braze: tracked and read back through Braze's API, as its Liquid sees them.
 * @param attributes of each user
 */
export async function usersOfSeed(
	sandbox: Sandbox,
	attributes: readonly Attributes[],
): Promise<readonly LiquidProfile[]> {
	const call = brazeCall(sandbox);
	const customers = attributes.map((_, n) =>
		sandbox.voucherify.state.customers.get(`customer-00000${n + 1}`),
	);
	const tracked = customers.map(({ sourceId, fields }, index) => {
		const [first_name, last_name] = String(fields.name).split(' ');
		const { email, phone } = fields;
		return { external_id: sourceId, first_name, last_name, email, phone, ...attributes[index] };
	});
	await call('POST', '/users/track', { attributes: tracked });
	const external_ids = customers.map(({ sourceId }) => sourceId);
	const { data } = await call('POST', '/users/export/ids', { external_ids });
	const users = new Map((data.users as ExportedUser[]).map((user) => [user.external_id, user]));
	return external_ids.map((id) => profileOf(users.get(id ?? '')));
}

function profileOf(user: ExportedUser | undefined): LiquidProfile {
	if (user === undefined) throw new Error('Braze does not know the user');
	return {
		user_id: user.external_id,
		braze_id: user.braze_id,
		first_name: user.first_name,
		last_name: user.last_name,
		email_address: user.email,
		phone_number: user.phone,
		custom_attribute: user.custom_attributes ?? {},
	};
}
